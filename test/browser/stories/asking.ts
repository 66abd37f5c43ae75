import type { Story } from '../harness/story.ts';

export const asking: readonly Story[] = [
  {
    name: 'Ana asks for failed tasks and pages through them',
    async tell({ open }) {
      const ana = await open();
      const answer = await ana.ask('/upgrades failed size:3', '1–3 of 7 tasks');
      await ana.screenshot('first-page');
      await answer.getByRole('button', { name: 'Next' }).click();
      const second = ana.message('4–6 of 7 tasks');
      await second.waitFor();
      await second.getByRole('button', { name: 'Next' }).click();
      const last = ana.message('7 of 7 tasks');
      await last.getByRole('button', { name: 'Previous' }).click();
      await ana.message('4–6 of 7 tasks').waitFor();
    },
  },
  {
    name: 'a typing error is told to Ana only, with what was probably meant',
    async tell({ open }) {
      const ana = await open();
      const wei = await open();
      await wei.become('Wei Chen');
      const answer = await ana.ask('/upgrades faild', 'Only visible to you', 'Did you mean failed?');
      await answer.waitFor();
      await ana.ask('@upgrades running', /of \d+ tasks?/);
      // By now Wei has seen everything there is for Wei.
      await wei.message(/of \d+ tasks?/).waitFor();
      if ((await wei.page.getByText('Did you mean').count()) > 0)
        throw new Error('Wei reads what is for Ana.');
    },
  },
  {
    name: 'Ana opens the details of a task, looks at its devices, and closes the window with Esc',
    async tell({ open }) {
      const ana = await open();
      const answer = await ana.ask('/upgrades failed size:2', '1–2 of 7 tasks');
      await answer.getByRole('button', { name: 'Details' }).first().click();
      await ana.dialog.getByText('Extended parameters').waitFor();
      await ana.screenshot('overview');
      await ana.dialog.getByRole('button', { name: 'Devices' }).click();
      await ana.dialog
        .getByText(/of [\d,]+ devices/)
        .first()
        .waitFor();
      await ana.screenshot('devices');
      await ana.page.keyboard.press('Escape');
      await ana.dialog.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'Ana looks up a device by command, by shortcut and in a direct message',
    async tell({ stage, open }) {
      const [device = ''] = stage.platform.fleet.devices.membersOfGroup('gas-east');
      const ana = await open();
      await ana.ask(`/upgrades ${device}`, 'G4 NB', 'Upgrade tasks aimed at it');
      await ana.page.getByRole('button', { name: 'Shortcuts', exact: true }).click();
      await ana.page.getByRole('menuitem', { name: 'Look up a device' }).click();
      await ana.dialog.getByRole('textbox').first().fill(device);
      await ana.dialog.getByRole('button', { name: 'Look up' }).click();
      await ana.dialog.getByText('G4 NB').first().waitFor();
      await ana.screenshot('shortcut');
      await ana.page.keyboard.press('Escape');
      await ana.go('upgrades');
      await ana.ask(device, 'G4 NB');
    },
  },
  {
    name: 'Ana searches on the home tab',
    async tell({ open }) {
      const ana = await open();
      await ana.page.getByRole('link', { name: 'Home of upgrades' }).click();
      const home = ana.page.getByRole('region', { name: 'Home of upgrades' });
      await home.getByText('Running', { exact: true }).first().waitFor();
      await ana.screenshot('home');
      await home.getByRole('textbox').first().fill('failed size:2');
      await home.getByRole('textbox').first().press('Enter');
      await ana.dialog.getByText('of 7 tasks').first().waitFor();
    },
  },
];
