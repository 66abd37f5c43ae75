import assert from 'node:assert/strict';
import type { BrowserWindow } from '../harness/browser-window.ts';
import { accessibilityProblems } from '../harness/check-accessibility.ts';
import type { Story } from '../harness/story.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Everything the page can show, one after the other; `look` is called at each. */
async function tour(ana: BrowserWindow, look: (what: string) => Promise<void>): Promise<void> {
  const answer = await ana.ask('/upgrades failed size:3', '1–3 of 7 tasks');
  await ana.ask('/upgrades nonsense!', 'Only visible to you');
  await look('channel');
  await answer.hover();
  await answer.getByRole('button', { name: 'Reply in thread' }).click();
  await ana.thread.waitFor();
  await look('thread');
  await answer.getByRole('button', { name: 'Details' }).first().click();
  await ana.dialog.getByText('Extended parameters').waitFor();
  await look('details');
  await ana.page.keyboard.press('Escape');
  await ana.dialog.waitFor({ state: 'detached' });
  await answer.getByRole('button', { name: 'Filter' }).click();
  await ana.dialog.getByRole('textbox').first().waitFor();
  await look('form');
  await ana.page.keyboard.press('Escape');
  await ana.dialog.waitFor({ state: 'detached' });
  await ana.page.getByRole('link', { name: 'Home of upgrades' }).click();
  await ana.page.getByRole('region', { name: 'Home of upgrades' }).getByRole('textbox').first().waitFor();
  await look('home');
}

function accessible(scheme: 'light' | 'dark'): Story {
  return {
    name: `everything is labelled and has contrast in ${scheme}`,
    async tell({ open }) {
      const ana = await open({ colorScheme: scheme });
      const problems: string[] = [];
      await tour(ana, async (what) => {
        await ana.screenshot(what);
        problems.push(...(await accessibilityProblems(ana.page)).map((one) => `${what}: ${one}`));
      });
      assert.equal(problems.join('\n'), '');
    },
  };
}

export const looking: readonly Story[] = [
  accessible('light'),
  accessible('dark'),
  {
    name: 'Enter sends, arrow up recalls, Shift and Enter begins a line, Esc closes',
    async tell({ open }) {
      const ana = await open();
      const box = ana.composer();
      await ana.ask('/upgrades failed size:2', '1–2 of 7 tasks');
      await ana.ask('/upgrades stopped', 'of 3 tasks');
      assert.equal(await box.inputValue(), '');
      await box.press('ArrowUp');
      assert.equal(await box.inputValue(), '/upgrades stopped');
      await box.press('ArrowUp');
      assert.equal(await box.inputValue(), '/upgrades failed size:2');
      await box.press('ArrowDown');
      assert.equal(await box.inputValue(), '/upgrades stopped');
      await box.fill('one');
      await box.press('Shift+Enter');
      await box.pressSequentially('two');
      assert.equal(await box.inputValue(), 'one\ntwo');
      await box.fill('');
      await ana.message('1–2 of 7 tasks').getByRole('button', { name: 'Details' }).first().press('Enter');
      await ana.dialog.getByText('Extended parameters').waitFor();
      await ana.page.keyboard.press('Escape');
      await ana.dialog.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'the usage hint stands over the composer while a command is typed',
    async tell({ open }) {
      const ana = await open();
      await ana.composer().fill('/up');
      await ana.page.getByText('[failed | running').waitFor();
      await ana.screenshot('hint');
      await ana.composer().press('Tab');
      assert.equal(await ana.composer().inputValue(), '/upgrades ');
    },
  },
  {
    name: 'the page works at the width of a phone',
    async tell({ open }) {
      const ana = await open(PHONE);
      const answer = await ana.ask('/upgrades failed size:2', '1–2 of 7 tasks');
      await ana.screenshot('channel');
      // Strings are evaluated as they are: these tests know nothing of a browser's types.
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      assert.equal(await ana.page.evaluate(overflow), 0, 'it scrolls sideways');
      await answer.getByRole('button', { name: 'Details' }).first().tap();
      await ana.dialog.getByText('Extended parameters').waitFor();
      await ana.screenshot('details');
      await ana.dialog
        .getByRole('button', { name: /^Close/ })
        .first()
        .tap();
      await ana.dialog.waitFor({ state: 'detached' });
      await ana.page.getByRole('button', { name: 'Open menu' }).tap();
      await ana.go('iot-alerts');
      await ana.page.getByRole('heading', { name: /iot-alerts/ }).waitFor();
      await ana.page.getByRole('button', { name: 'Controls' }).tap();
      await ana.panel.waitFor();
      await ana.screenshot('controls');
      assert.equal(await ana.page.evaluate(overflow), 0, 'it scrolls sideways');
      assert.deepEqual(await accessibilityProblems(ana.page), []);
    },
  },
];
