import assert from 'node:assert/strict';
import type { Stage } from '../harness/stage.ts';
import type { Story } from '../harness/story.ts';
import { until } from '../harness/until.ts';

const NAME = 'GasMeter G4 NB';

/** A running task over forty gas meters that does nothing by itself. */
async function runningTask({ platform, workspace }: Stage): Promise<string> {
  const targets = {
    deviceGroups: ['gas-east'],
    deviceType: 'GasMeter',
    model: 'G4 NB',
    manufacturerName: 'Norgas',
  };
  const { operationId } = platform.fleet.addTask({ status: 'processing', targets, tally: { total: 40 } });
  const seen = platform.calls.length;
  // Two looks after it was made, the bot has seen it running: what comes now is a change.
  const looks = () =>
    platform.calls.slice(seen).filter(({ query }) => query.operationStatus === 'processing').length;
  await until('two looks of the bot', () => looks() >= 2);
  await workspace.until((now) => now.channel('iot-ops').length > 0);
  return operationId;
}

export const watching: readonly Story[] = [
  {
    name: 'a failure arrives by itself, and its message changes when the task is retried',
    async tell({ stage, open }) {
      const operationId = await runningTask(stage);
      const ana = await open();
      const wei = await open({ colorScheme: 'dark' });
      await wei.become('Wei Chen');
      const task = ana.panel.getByRole('listitem').filter({ hasText: NAME }).filter({ hasText: '0 of 40' });
      await task.getByRole('button').first().click();
      await ana.panel.getByRole('button', { name: 'Fail some devices' }).click();
      await ana.panel.getByRole('button', { name: 'Fail the task' }).click();
      for (const window of [ana, wei]) await window.message(operationId, 'failed').waitFor();
      await ana.screenshot('failed');
      await wei.screenshot('failed');
      const place = ana.page.getByRole('main').getByRole('article').filter({ hasText: operationId }).first();
      await place.getByText('failed', { exact: true }).first().waitFor();
      await ana.panel.getByRole('button', { name: 'Retry' }).click();
      // The root is edited in place, and the story stands in its thread.
      await place.getByText('running', { exact: true }).first().waitFor();
      await place.getByText('(edited)').first().waitFor();
      await place.getByRole('button', { name: /repl(y|ies)/ }).click();
      await ana.thread.getByText('recovered').first().waitFor();
      await ana.screenshot('thread');
      await ana.page.keyboard.press('Escape');
      await ana.thread.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'Ana subscribes a channel to one model, is told of it, and lists what is subscribed',
    async tell({ stage, open }) {
      const ana = await open();
      await ana.go('iot-alerts');
      await ana.type('/upgrades subscribe failed model:"G4 NB"');
      await ana.message('on:failed').waitFor();
      await ana.ask('/upgrades subscriptions', '1 subscription', 'G4 NB');
      await ana.screenshot('subscriptions');
      const operationId = await runningTask(stage);
      stage.platform.fleet.setStatus(operationId, 'failed');
      await ana.message(operationId, 'failed').waitFor();
    },
  },
  {
    name: 'the bot is killed while it tells of a failure, comes back, and its thread goes on',
    async tell({ stage, open }) {
      const operationId = await runningTask(stage);
      const ana = await open();
      await ana.panel.getByRole('button', { name: 'Loses next answer' }).click();
      stage.platform.fleet.setStatus(operationId, 'failed');
      await ana.message(operationId, 'failed').waitFor();
      await ana.panel.getByRole('button', { name: /kill/i }).click();
      await until('the bot again', () => stage.bot.starts === 2 && stage.bot.state === 'running');
      await ana.screenshot('back');
      stage.platform.fleet.retryTask(operationId, { force: true });
      const roots = ana.page.getByRole('main').getByRole('article').filter({ hasText: operationId });
      await roots.first().getByText('running', { exact: true }).first().waitFor({ timeout: 40_000 });
      await roots
        .first()
        .getByRole('button', { name: /repl(y|ies)/ })
        .click();
      await ana.thread.getByText('recovered').first().waitFor();
      // One message for the one failure: found again, not repeated.
      const told = stage.workspace
        .channel('iot-ops')
        .filter(({ text, blocks }) => stage.workspace.plainText({ text, blocks }).includes(operationId));
      assert.equal(told.length, 1);
    },
  },
  {
    name: 'a member of another workspace is refused, and only they read it',
    async tell({ open }) {
      const ana = await open();
      await ana.go('shared-vendor');
      // Else answers would be for the asker alone there.
      const wei = await open();
      await wei.become('Wei Chen');
      await wei.go('shared-vendor');
      await wei.ask('/upgrades subscribe failed external:yes', 'Saved; the channel was told.');
      await ana.ask('/upgrades failed size:2', '1–2 of 7 tasks');
      const olga = await open();
      await olga.become('Olga Vendor');
      const answer = olga.message('1–2 of 7 tasks');
      await answer.getByRole('button', { name: 'Details' }).first().click();
      await olga.message('Only visible to you').waitFor();
      await olga.screenshot('refused');
      assert.equal(await olga.dialog.count(), 0);
      assert.equal(await ana.page.getByText('Only visible to you').count(), 0);
    },
  },
  {
    name: 'what Slack would refuse is shown in red',
    beyondLimits: true,
    async tell({ stage: { workspace }, open }) {
      const started = Date.now();
      const ana = await open();
      const blocks = Array.from({ length: 51 }, () => ({ type: 'divider' }));
      await until('the pause after the first post', () => Date.now() > started + 1_100);
      await fetch(`${workspace.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${workspace.botToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel: workspace.channelInfo('iot-ops').id, text: 'too much', blocks }),
      });
      await ana.message('must hold 0 to 50 items, has 51').waitFor();
    },
  },
];
