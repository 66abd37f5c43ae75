import { describe, expect } from '@jest/globals';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { modalSaying } from './modal-reader.ts';

/** The detail of a failed task in the modal of *Look up a device*. */
async function lookedUp(s: Story): Promise<void> {
  s.fleet.addTask({ operationId: 'op-3', status: 'failed', tally: { total: 3, fail: 3 } });
  await s.start();
  await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
  await s.workspace.until(({ modal }) => modal('ana'));
  await s.workspace.submitView({ user: 'ana', values: { look_up_id: 'op-3' } });
  await modalSaying(s.workspace, 'ana', '[Details] [Reasons] [History]');
}

describe('the buttons of a detail where there is no message to answer to', () => {
  story('lay the modal of the task on top, and closing it leads back', async (s) => {
    await lookedUp(s);
    await s.workspace.pressInView({ user: 'ana', label: 'Details' });
    await modalSaying(s.workspace, 'ana', '[Policy & targets]', 'Extended parameters');
    await s.workspace.closeView({ user: 'ana' });
    await modalSaying(s.workspace, 'ana', '[Details] [Reasons] [History]');
  });

  story('answer in the direct messages of whoever pressed', async (s) => {
    await lookedUp(s);
    const direct = (await s.workspace.directChannel('ana')).id;
    await s.workspace.pressInView({ user: 'ana', label: 'Reasons' });
    const reasons = await s.told({ kind: 'post', says: ['3 devices failed, 1 reason'] });
    expect(reasons.post.channel).toBe(direct);
    await s.workspace.pressInView({ user: 'ana', label: 'History' });
    const history = await s.told({ kind: 'post', says: ['*History*', 'as the bot saw it'] });
    expect(history.post.channel).toBe(direct);
  });

  story('do so for Details too, should no modal open', async (s) => {
    await lookedUp(s);
    s.workspace.fault({ method: 'views.push', kind: 'error', error: 'push_limit_reached' });
    await s.workspace.pressInView({ user: 'ana', label: 'Details' });
    const detail = await s.told({ kind: 'post', says: ['op-3', '*Targets*'] });
    expect(detail.post.channel).toBe((await s.workspace.directChannel('ana')).id);
  });

  story('open the modal from the home tab as well', async (s) => {
    s.fleet.addTask({ operationId: 'op-3', status: 'processing' });
    await s.start();
    await s.workspace.openHome('wei');
    const home = await s.workspace.until(({ home }) => home('wei'));
    await s.workspace.until(() =>
      s.workspace.plainView(s.workspace.home('wei')?.view ?? {}).includes('op-3'),
    );
    await s.workspace.pressInView({ user: 'wei', viewId: home.id, label: 'Details' });
    await modalSaying(s.workspace, 'wei', '[Policy & targets]', '`op-3`', 'Extended parameters');
  });
});
