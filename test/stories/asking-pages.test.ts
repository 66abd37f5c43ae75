import { describe, expect } from '@jest/globals';
import type { JsonObject } from '../../sandbox/workspace/json.ts';
import { POSTED_AS_WRITTEN } from './harness/loud-messages.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

function addTasks(s: Story, count: number): void {
  const start = s.clock.now();
  for (let n = 1; n <= count; n += 1) {
    s.fleet.addTask({ operationId: `op-${n}`, status: 'failed', createTime: start - (count - n) * 60_000 });
  }
}

describe('people turn pages', () => {
  story('next, previous and refresh change the same message', async (s) => {
    addTasks(s, 25);
    await s.start();
    const first = await s.people.ask('ana', 'failed');
    expect(first.text).toContain('1–10 of 25 tasks');
    expect(first.text).not.toContain('Previous');
    const second = await s.people.press('ana', first, { label: 'Next ▶' });
    expect(second.post.ts).toBe(first.post.ts);
    expect(second.text).toContain('11–20 of 25 tasks');
    const third = await s.people.press('ana', second, { label: 'Next ▶' });
    expect(third.text).toContain('21–25 of 25 tasks');
    expect(third.text).not.toContain('Next');
    const back = await s.people.press('wei', third, { label: '◀ Previous' });
    expect(back.text).toContain('11–20 of 25 tasks');
    s.fleet.removeTask('op-1');
    const fresh = await s.people.press('sam', back, { label: 'Refresh' });
    expect(fresh.text).toContain('11–20 of 24 tasks');
    expect(s.workspace.channel('iot-ops')).toHaveLength(1);
  });

  story('all of them where the platform counts fewer tasks than it lists', async (s) => {
    addTasks(s, 25);
    s.platform.behaviour.total = 'too-small';
    await s.start();
    const first = await s.people.ask('ana', 'failed');
    expect(first.text).toContain('1–10, total unknown');
    const second = await s.people.press('ana', first, { label: 'Next ▶' });
    expect(second.text).toContain('11–20');
    const third = await s.people.press('ana', second, { label: 'Next ▶' });
    expect(third.text).toContain('21–25 of 25 tasks');
    expect(third.text).not.toContain('Next');
    await s.log.until(({ what }) => String(what).includes('the total is smaller'), 'that the total is wrong');
  });

  story('the buttons still work after the bot was restarted', async (s) => {
    addTasks(s, 12);
    await s.start();
    const first = await s.people.ask('ana', 'failed model:WM20 size:5');
    await s.restart();
    const second = await s.people.press('ana', first, { label: 'Next ▶' });
    expect(second.text).toContain('`failed model:WM20 size:5` · 6–10 of 12 tasks');
  });

  story('trouble is told beside the list, which stays as it was', async (s) => {
    addTasks(s, 12);
    // This process does not poll: its mirror is empty, so there is nothing to fall back to.
    await s.start({}, 'web');
    const answer = await s.people.ask('ana', 'failed');
    expect(answer.text).toContain('1–10 of 12 tasks');
    s.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    const trouble = await s.people.press('ana', answer, { label: 'Next ▶' });
    expect(trouble.to).toBe('ana');
    expect(trouble.text).toContain('broke off');
    expect(s.workspace.channel('iot-ops')[0]?.edits).toBe(0);
    s.platform.faults.clear();
  });

  story('a forged button value asks nothing of the platform', async (s) => {
    addTasks(s, 12);
    await s.start();
    const before = s.platform.calls.length;
    const values = [
      'faild',
      'op-1',
      '../../../secret',
      'page:0',
      'size:101',
      'failed '.repeat(280),
      '\u0000',
    ];
    for (const value of values) {
      expect((await forge(s, 'list_next', value)).status).toBe(200);
      await s.told({ kind: 'response', to: 'sam', says: ['cannot read the question', 'nothing was asked'] });
      expect((await forge(s, 'task_details', `${value}/x`)).status).toBe(200);
      await s.told({ kind: 'response', to: 'sam', says: ['nothing was asked'] });
    }
    expect(s.platform.calls).toHaveLength(before);
    const ignored = s.log.lines.filter(
      ({ level, reason }) => level === 'warn' && reason === 'unreadable-value',
    );
    expect(ignored).toHaveLength(2 * values.length);
  });

  story('a button of another version is explained to whoever pressed it', async (s) => {
    await s.start();
    await forge(s, 'button_of_tomorrow', 'x');
    const answer = await s.told({ to: 'sam', says: ['another version'] });
    expect(answer.post.kind).toBe('response');
  });

  story('a button of another version in the home tab is explained in the direct messages', async (s) => {
    await s.start();
    const user = s.workspace.person('sam').id;
    const view = { type: 'home', blocks: buttonRow('button_of_tomorrow', 'x') };
    await callSlack(s, 'views.publish', { user_id: user, view });
    const home = await s.workspace.until(({ home }) => home('sam'));
    await s.workspace.pressInView({ user: 'sam', viewId: home.id, actionId: 'button_of_tomorrow' });
    const answer = await s.told({ says: ['another version'] });
    expect(answer.post.kind).toBe('post');
  });
});

/** Slack lets nobody forge a press, but values travel through messages that anybody may have written. */
async function forge(s: Story, actionId: string, value: string) {
  const channel = s.workspace.channelInfo('iot-private').id;
  s.workspace.setPostRate('off');
  const blocks = buttonRow(actionId, value);
  await callSlack(s, 'chat.postMessage', { channel, text: 'forged', blocks, ...POSTED_AS_WRITTEN });
  const forged = await s.told({ kind: 'post', says: ['Forged'] });
  return await s.people.pressOnly('sam', forged, { label: 'Forged' });
}

function buttonRow(actionId: string, value: string): JsonObject[] {
  const text = { type: 'plain_text', text: 'Forged' };
  return [{ type: 'actions', elements: [{ type: 'button', action_id: actionId, text, value }] }];
}

async function callSlack(s: Story, method: string, body: JsonObject): Promise<void> {
  const { apiUrl, botToken } = s.workspace;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${botToken}` };
  await fetch(`${apiUrl}${method}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
