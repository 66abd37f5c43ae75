import { describe, expect } from '@jest/globals';
import { SAME_PRESS } from '../../src/slack/app/acts.ts';
import type { Seen } from './harness/claims.ts';
import { alertsTo, OPS } from './harness/environment.ts';
import { POSTED_AS_WRITTEN } from './harness/loud-messages.ts';
import { type Story, story } from './harness/story.ts';

const HOUR = 3_600_000;

/** A task of ten devices of which three failed; its root, once it says why. */
async function failedTask(s: Story): Promise<Seen> {
  s.fleet.addTask({
    operationId: 'op-1',
    status: 'processing',
    policy: { retryType: true, retryTimes: 2 },
    tally: { total: 10 },
    reasons: ['Task Conflict'],
  });
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', thread: null, says: ['I watch 1 upgrade task'] });
  s.clock.advance(2 * HOUR);
  s.fleet.finishDevices('op-1', { success: 7, fail: 3 });
  await s.poll();
  const root = await s.told({ kind: 'post', in: OPS, thread: null, says: ['*failed*'] });
  // Read before it was posted or after: either is soon enough.
  return root.text.includes('Reasons:') ? root : await s.edited(root, ['Reasons: 3 × Task Conflict']);
}

const choose = (s: Story, user: string, root: Seen, selected: string) =>
  s.people.press(user, root, { label: 'Mute', selected });

describe('somebody looks after a failed task', () => {
  story('who presses first; everybody sees it, and who comes second is told', async (s) => {
    const root = await failedTask(s);
    expect(root.text).toContain('[Acknowledge]');
    expect((await s.people.pressOnly('ana', root, { label: 'Acknowledge' })).status).toBe(200);
    const ana = s.workspace.person('ana').id;
    const edited = await s.edited(root, [`:ballot_box_with_check: @${ana} looks after it since`]);
    expect(edited.text).not.toContain('[Acknowledge]');
    await s.silence();
    expect(s.claims.unclaimed()).toHaveLength(0);
    // It recovers: the trouble somebody looked after is over, and the next one is nobody's yet.
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    expect((await s.edited(root, ['*running*'])).text).not.toContain('looks after');
  });

  story('two press at once: the first stays, the second is told privately', async (s) => {
    const root = await failedTask(s);
    const [first, second] = await Promise.all(
      ['ana', 'wei'].map((user) => s.people.pressOnly(user, root, { label: 'Acknowledge' })),
    );
    expect([first?.status, second?.status]).toEqual([200, 200]);
    const told = await s.told({ kind: 'response', says: ['looks after it already, since'] });
    const edited = await s.edited(root, ['looks after it since']);
    const loser = s.workspace.person(told.post.user ?? '').name;
    const winner = s.workspace.person(loser === 'ana' ? 'wei' : 'ana').id;
    expect(told.text).toContain(`@${winner} looks after it already`);
    expect(edited.text).toContain(`@${winner} looks after it since`);
  });

  story('pressed twice by one, and after the trouble passed', async (s) => {
    const root = await failedTask(s);
    const edits = { method: 'chat.update', kind: 'error', error: 'cant_update_message' } as const;
    s.workspace.fault(edits);
    await s.people.pressOnly('ana', root, { label: 'Acknowledge' });
    await s.silence();
    s.clock.advance(SAME_PRESS);
    expect((await s.people.press('ana', root, { label: 'Acknowledge' })).text).toContain(
      'You look after it already, since',
    );
    s.workspace.fault(edits);
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.silence();
    const late = await s.people.press('wei', root, { label: 'Acknowledge' });
    expect(late.to).toBe('wei');
    expect(late.text).toContain('Nothing is wrong with this task any more');
  });

  story('its failed devices are one press away', async (s) => {
    const root = await failedTask(s);
    const modal = await s.people.open('ana', root, 'Devices', '1–3 of 3 devices');
    expect(modal).toContain('[Only failed]');
    expect(modal).toContain('Task Conflict');
  });

  story('people of another workspace cannot', async (s) => {
    const root = await failedTask(s);
    for (const press of [{ label: 'Acknowledge' }, { label: 'Devices' }, { label: 'Mute', selected: '1h' }]) {
      const { to, text } = await s.people.press('olga', root, press);
      expect(to).toBe('olga');
      expect(text).toContain('Only members of the workspace that installed me');
    }
    await s.silence();
    expect(s.claims.unclaimed()).toHaveLength(0);
    expect(s.log.lines.filter(({ reason }) => reason === 'outsider')).toHaveLength(3);
  });
});

describe('a task is muted', () => {
  story('for an hour: its message goes on, nothing is posted; unmuted it is told again', async (s) => {
    const root = await failedTask(s);
    const told = await choose(s, 'ana', root, '1 hour');
    expect(told.to).toBe('ana');
    expect(told.text).toMatch(/^Muted: no more posts about this task here until .* UTC\. What happens/);
    const ana = s.workspace.person('ana').id;
    const muted = await s.edited(root, [`:no_bell: Muted by @${ana} until`, '[Unmute]']);
    expect(muted.text).not.toContain('[Mute]');
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.edited(root, ['*running*', 'Muted by']);
    await s.silence();
    expect(s.claims.unclaimed()).toHaveLength(0);
    const over = await s.people.press('wei', root, { label: 'Unmute' });
    expect(over.to).toBe('wei');
    expect(over.text).toContain('Unmuted: what happens to this task is posted here again');
    expect((await s.edited(root, ['[Mute]'])).text).not.toContain('Muted by');
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered', 'Held while muted.'] });
  });

  story('until it ends: only its end is told', async (s) => {
    const root = await failedTask(s);
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['*running*']);
    const told = await choose(s, 'ana', root, 'end');
    expect(told.text).toContain('here until it ends. Its end is posted');
    await s.edited(root, ['until it ends', '[Unmute]']);
    s.clock.advance(7 * HOUR);
    await s.poll();
    await s.edited(root, ['*stalled*', 'no device moved since', 'until it ends']);
    await s.silence();
    expect(s.claims.unclaimed()).toHaveLength(0);
    s.fleet.finishDevices('op-1', { success: 3 });
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['*succeeded*'] });
    expect((await s.edited(root, ['*succeeded*'])).text).not.toMatch(/Mute/);
  });

  story('and unmuted by two: the second learns that there is nothing to unmute', async (s) => {
    const root = await failedTask(s);
    await choose(s, 'ana', root, '8h');
    await s.edited(root, ['[Unmute]']);
    s.workspace.fault({ method: 'chat.update', kind: 'error', error: 'cant_update_message' });
    expect((await s.people.press('ana', root, { label: 'Unmute' })).text).toContain('Unmuted');
    await s.silence();
    expect((await s.people.press('wei', root, { label: 'Unmute' })).text).toContain('was not muted any more');
  });
});

describe('buttons that somebody else put there', () => {
  const text = { type: 'plain_text', text: 'x' };
  const buttons = ['task_acknowledge', 'task_unmute'].map((action_id) => ({
    type: 'button',
    action_id,
    text,
    value: 'op-1',
  }));
  const select = (value: string) => ({
    type: 'static_select',
    action_id: 'task_mute',
    placeholder: text,
    options: [{ text, value }],
  });
  const call = async (s: Story, method: string, body: object) =>
    await fetch(`${s.workspace.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${s.workspace.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ channel: s.workspace.channelInfo(OPS).id, text: 'Forged', ...POSTED_AS_WRITTEN },
        ...body,
      }),
    });

  story('under another message do nothing', async (s) => {
    await failedTask(s);
    await call(s, 'chat.postMessage', {
      blocks: [{ type: 'actions', elements: [...buttons, select('1h')] }],
    });
    const forged = await s.told({ kind: 'post', thread: null });
    for (const press of [
      { actionId: 'task_acknowledge' },
      { actionId: 'task_unmute' },
      { actionId: 'task_mute', selected: '1h' },
    ]) {
      const { to, text: answer } = await s.people.press('sam', forged, press);
      expect(to).toBe('sam');
      expect(answer).toContain('nothing was changed');
    }
    await s.silence();
    expect(s.claims.unclaimed()).toHaveLength(0);
    expect(s.log.lines.filter(({ reason }) => reason === 'no-root')).toHaveLength(3);
  });

  story('a length of time that is none of ours mutes nothing', async (s) => {
    const root = await failedTask(s);
    const blocks = [{ type: 'actions', elements: [select('9999h')] }];
    await call(s, 'chat.update', { ts: root.post.ts, blocks });
    await s.told({ kind: 'update', ts: root.post.ts });
    const { text: answer } = await s.people.press('sam', root, { actionId: 'task_mute', selected: '9999h' });
    expect(answer).toContain('nothing was changed');
    expect(s.log.lines.filter(({ reason }) => reason === 'unreadable-value')).toHaveLength(1);
  });
});
