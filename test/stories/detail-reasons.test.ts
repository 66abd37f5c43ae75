import { describe, expect } from '@jest/globals';
import { SAME_PRESS } from '../../src/slack/app/acts.ts';
import type { Seen } from './harness/claims.ts';
import { alertsTo } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { modalSaying } from './modal-reader.ts';

/** A task of which 25 devices of 100 failed for two reasons, told in the channel; its root. */
async function failedTask(s: Story): Promise<Seen> {
  await s.start(alertsTo(s));
  await s.told({ says: ['I watch 0 upgrade tasks'] });
  s.fleet.addTask({
    operationId: 'op-25',
    status: 'processing',
    tally: { total: 100, wait: 100 },
    reasons: ['Task Conflict', 'Task Conflict', 'Out of memory'],
  });
  await s.poll();
  s.fleet.finishDevices('op-25', { success: 75, fail: 25 });
  await s.poll();
  return await s.told({ thread: null, says: ['failed', 'op-25', '[Reasons]'] });
}

describe('why devices failed', () => {
  story('pressed on a notification is told in its thread, without the scope for files', async (s) => {
    s.workspace.withholdScopes(['files:write']);
    const root = await failedTask(s);
    const ack = await s.people.pressOnly('wei', root, { label: 'Reasons' });
    expect(ack.status).toBe(200);
    const reasons = await s.told({
      kind: 'post',
      thread: root.post.ts,
      says: ['25 devices failed, 2 reasons'],
    });
    expect(reasons.text).toMatch(
      /Reason \| Devices \| Share\nTask Conflict \| 1\d \| 6\d %\nOut of memory \| \d \| 3\d %/,
    );
    expect(reasons.text).toContain('and 15 more');
    expect(reasons.text).toContain('`files:write`');
  });

  story('pressed on an answer is told beside it, and privately beside a private one', async (s) => {
    s.fleet.addTask({ operationId: 'op-3', status: 'failed', tally: { total: 3, fail: 3 } });
    await s.start();
    const open = await s.people.ask('ana', 'op-3');
    const told = await s.people.press('wei', open, { label: 'Reasons' });
    expect(told.to).toBe('everyone');
    expect(told.text).toContain('Firmware update failed | 3 | 100 %');
    expect(told.text).not.toContain('more');
    const secret = await s.people.ask('ana', 'op-3 private');
    expect(secret.to).toBe('ana');
    expect((await s.people.press('ana', secret, { label: 'Reasons' })).to).toBe('ana');
  });

  story('refused as a table is told as a grouped list', async (s) => {
    const root = await failedTask(s);
    s.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'invalid_blocks' });
    await s.people.pressOnly('wei', root, { label: 'Reasons' });
    const reasons = await s.told({ kind: 'post', thread: root.post.ts, says: ['Task Conflict: 1'] });
    expect(reasons.post.blocks).toEqual([]);
  });

  story('pressed in the modal goes to the thread it was opened from, else to direct messages', async (s) => {
    const root = await failedTask(s);
    await s.people.pressOnly('wei', root, { label: 'Details' });
    await modalSaying(s.workspace, 'wei', 'Extended parameters');
    await s.workspace.pressInView({ user: 'wei', label: 'Devices' });
    await modalSaying(s.workspace, 'wei', '1–15 of 100 devices');
    await s.workspace.pressInView({ user: 'wei', label: 'Reasons' });
    await s.told({ kind: 'post', thread: root.post.ts, says: ['25 devices failed'] });
    await modalSaying(s.workspace, 'wei', 'The reasons are in the thread', '1–15 of 100 devices');
    const list = await s.people.ask('ana', 'failed');
    await s.people.pressOnly('sam', list, { label: 'Details' });
    await modalSaying(s.workspace, 'sam', 'Extended parameters');
    await s.workspace.pressInView({ user: 'sam', label: 'Devices' });
    await modalSaying(s.workspace, 'sam', '1–15 of 100 devices');
    await s.workspace.pressInView({ user: 'sam', label: 'Reasons' });
    await modalSaying(s.workspace, 'sam', 'The reasons are in our direct messages');
    const direct = await s.told({ kind: 'post', says: ['25 devices failed'] });
    expect(direct.post.channel).toBe((await s.workspace.directChannel('sam')).id);
  });

  story('a thread that takes no post leaves the answer to whoever pressed', async (s) => {
    s.workspace.withholdScopes(['files:write']);
    const root = await failedTask(s);
    s.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'is_archived' });
    const told = await s.people.press('wei', root, { label: 'Reasons' });
    expect(told.to).toBe('wei');
    expect(told.text).toContain('25 devices failed, 2 reasons');
  });

  story('a post whose answer was lost is not repeated', async (s) => {
    const root = await failedTask(s);
    s.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    const told = await s.people.press('wei', root, { label: 'Reasons' });
    expect(told.text).toContain('Look there first');
    await s.told({ kind: 'post', thread: root.post.ts, says: ['25 devices failed'] });
  });

  story(
    'of a very large task are those of the first 2,000 devices, which is said',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-big', status: 'failed', tally: { total: 5_000, fail: 5_000 } });
      await s.start({ IOT_CALLS_PER_MINUTE: '1000' });
      const open = await s.people.ask('ana', 'op-big');
      const before = s.platform.callsOf('listDeviceResults').length;
      const told = await s.people.press('ana', open, { label: 'Reasons' });
      expect(told.text).toContain('5,000 devices failed');
      expect(told.text).toContain('Only 2,000 failed devices of 5,000 were read');
      expect(s.platform.callsOf('listDeviceResults').length - before).toBe(20);
    },
    { behaviour: { callsPerMinute: 1_000 } },
  );

  story('with the platform away are those read before', async (s) => {
    s.fleet.addTask({ operationId: 'op-3', status: 'failed', tally: { total: 3, fail: 3 } });
    await s.start();
    const open = await s.people.ask('ana', 'op-3');
    await s.people.press('ana', open, { label: 'Reasons' });
    s.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    s.clock.advance(SAME_PRESS);
    const told = await s.people.press('ana', open, { label: 'Reasons' });
    expect(told.text).toContain(':warning:');
    expect(told.text).toContain('as of');
    expect(told.text).toContain('Firmware update failed | 3 | 100 %');
  });
});

describe('the history of a task', () => {
  story('is a chart and its steps; as text where charts are refused', async (s) => {
    s.fleet.addTask({ operationId: 'op-h', status: 'processing', tally: { total: 10, wait: 10 } });
    await s.start();
    for (const success of [2, 3, 4]) {
      s.clock.advance(3_600_000);
      s.fleet.finishDevices('op-h', { success });
      await s.poll();
    }
    const detail = await s.people.ask('ana', 'op-h');
    const told = await s.people.press('wei', detail, { label: 'History' });
    expect(told.to).toBe('everyone');
    expect(told.text).toContain('[chart Devices over time (UTC)]');
    expect(told.text).toContain('9 of 10 devices done');
    s.workspace.fault({ method: 'response_url', kind: 'status', status: 400 });
    s.clock.advance(SAME_PRESS);
    const text = await s.people.press('wei', detail, { label: 'History' });
    expect(text.post.blocks).toEqual([]);
    expect(text.text).toMatch(/UTC: 0 done, 0 failed\n[\s\S]*UTC: 9 done, 0 failed/);
  });

  story('of a task never seen is said to be missing', async (s) => {
    await s.start();
    s.fleet.addTask({ operationId: 'op-new', status: 'wait' });
    const detail = await s.people.ask('ana', 'task:op-new');
    const told = await s.people.press('ana', detail, { label: 'History' });
    expect(told.to).toBe('ana');
    expect(told.text).toContain('no history');
  });
});
