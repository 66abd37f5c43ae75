import { describe, expect } from '@jest/globals';
import type { Seen } from './harness/claims.ts';
import { POSTED_AS_WRITTEN } from './harness/loud-messages.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

function addTasks(s: Story, from: number, to: number): void {
  const start = s.clock.now() - 100 * 60_000;
  for (let n = from; n <= to; n += 1) {
    s.fleet.addTask({ operationId: `op-${n}.`, status: 'failed', createTime: start + n * 60_000 });
  }
}

const idsIn = ({ text }: Seen) => [...text.matchAll(/op-\d+/g)].map(([id]) => id);

describe('a list while tasks are added', () => {
  story('shows each task once from page to page, and the new ones after Refresh', async (s) => {
    addTasks(s, 1, 25);
    await s.start();
    const first = await s.people.ask('ana', 'failed');
    addTasks(s, 26, 30);
    await s.poll();
    const second = await s.people.press('ana', first, { label: 'Next ▶' });
    expect(second.text).toContain('11–20 of 25 tasks');
    expect(second.text).toContain('Refresh shows newer tasks');
    addTasks(s, 31, 33);
    await s.poll();
    const third = await s.people.press('wei', second, { label: 'Next ▶' });
    const seen = [...idsIn(first), ...idsIn(second), ...idsIn(third)];
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `op-${25 - index}`));
    const fresh = await s.people.press('ana', third, { label: 'Refresh' });
    expect(fresh.text).toContain('21–30 of 33 tasks');
    expect(fresh.text).toContain('· live');
  });

  story('goes on where it was after a restart', async (s) => {
    addTasks(s, 1, 15);
    await s.start();
    const first = await s.people.ask('ana', 'failed');
    await s.restart();
    addTasks(s, 16, 20);
    await s.poll();
    const second = await s.people.press('ana', first, { label: 'Next ▶' });
    expect([...idsIn(first), ...idsIn(second)]).toHaveLength(15);
    expect(new Set([...idsIn(first), ...idsIn(second)]).size).toBe(15);
  });
});

describe('the controls of a list', () => {
  story('another size of page begins at the first one', async (s) => {
    addTasks(s, 1, 25);
    await s.start();
    const first = await s.people.ask('ana', 'failed model:WM20 fail>=0');
    const second = await s.people.press('ana', first, { label: 'Next ▶' });
    const sized = await s.people.press('wei', second, { actionId: 'list_size', selected: '5' });
    expect(sized.text).toContain('`failed model:WM20 fail>=0 size:5` · 1–5 of 25 tasks');
    expect(sized.post.ts).toBe(first.post.ts);
  });

  story('a private list is shared with the channel', async (s) => {
    addTasks(s, 1, 3);
    await s.start();
    const mine = await s.people.ask('ana', 'failed private');
    expect(mine.to).toBe('ana');
    const sized = await s.people.press('ana', mine, { actionId: 'list_size', selected: '5' });
    expect([sized.to, sized.text.includes('[Share]')]).toEqual(['ana', true]);
    const shared = await s.people.press('ana', sized, { label: 'Share' });
    expect(shared.to).toBe('everyone');
    expect(shared.text).toContain('`failed size:5` · 1–3 of 3 tasks · live');
    expect(shared.text).not.toContain('[Share]');
  });

  story('a list everybody sees has no Share', async (s) => {
    addTasks(s, 1, 3);
    await s.start();
    expect((await s.people.ask('ana', 'failed')).text).not.toContain('[Share]');
  });

  story('a forged size, share or filter asks nothing', async (s) => {
    addTasks(s, 1, 3);
    await s.start();
    const calls = s.platform.calls.length;
    const text = { type: 'plain_text', text: 'x' };
    const size = { type: 'static_select', action_id: 'list_size', placeholder: text };
    const buttons = ['list_share', 'list_filter', 'list_next'];
    const value = '{"q":"failed","a":[1,2]}';
    const elements = buttons.map((action_id) => ({ type: 'button', action_id, text, value }));
    const { apiUrl, botToken } = s.workspace;
    await fetch(`${apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: s.workspace.channelInfo('iot-ops').id,
        text: 'Forged',
        ...POSTED_AS_WRITTEN,
        blocks: [
          { type: 'section', text: { type: 'plain_text', text: 'Forged' } },
          {
            type: 'actions',
            block_id: 'list:failed',
            elements: [{ ...size, options: [{ text, value: '101' }] }],
          },
          { type: 'actions', elements },
        ],
      }),
    });
    const forged = await s.told({ kind: 'post', says: ['Forged'] });
    const refused = { kind: 'response', to: 'sam', says: ['cannot read the question'] } as const;
    await s.people.pressOnly('sam', forged, { actionId: 'list_size', selected: '101' });
    await s.told(refused);
    for (const actionId of buttons) {
      await s.people.pressOnly('sam', forged, { actionId });
      await s.told(refused);
    }
    expect(s.platform.calls).toHaveLength(calls);
    const ignored = s.log.lines.filter(
      ({ level, reason }) => level === 'warn' && reason === 'unreadable-value',
    );
    expect(ignored).toHaveLength(4);
  });
});
