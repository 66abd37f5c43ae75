import { describe, expect } from '@jest/globals';
import type { JsonObject } from '../../sandbox/workspace/json.ts';
import { story } from './harness/story.ts';
import { subscribe, subscriptionsOf } from './harness/subscribing.ts';

describe('people of another workspace in a shared channel', () => {
  story('what they type is refused privately and asks nothing', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const before = s.platform.calls.length;
    for (const line of ['failed', '', 'help', 'op-1']) {
      const { text, to } = await s.people.ask('olga', line, 'shared-vendor');
      expect(to).toBe('olga');
      expect(text).toContain('Only members of the workspace that installed me');
      expect(text).not.toContain('op-1');
    }
    expect(s.platform.calls).toHaveLength(before);
    const refused = s.log.lines.filter(({ reason }) => reason === 'outsider');
    expect(refused).toHaveLength(4);
    expect(refused[0]?.team).toBe(s.workspace.partnerTeamId);
  });

  story('what they press is refused privately and changes nothing', async (s) => {
    for (let n = 0; n < 12; n += 1) s.fleet.addTask({ status: 'failed' });
    await s.start();
    await subscribe(s, 'external:yes', 'shared-vendor');
    const list = await s.people.ask('ana', 'failed', 'shared-vendor');
    expect(list.to).toBe('everyone');
    const before = s.platform.calls.length;
    for (const label of ['Next ▶', 'Refresh']) {
      const { text, to } = await s.people.press('olga', list, { label });
      expect(to).toBe('olga');
      expect(text).toContain('Only members of the workspace that installed me');
    }
    expect(s.platform.calls).toHaveLength(before);
    expect(s.workspace.channel('shared-vendor')[0]?.edits).toBe(0);
    expect(s.log.lines.filter(({ reason }) => reason === 'outsider')).toHaveLength(2);
    expect((await s.people.press('wei', list, { label: 'Next ▶' })).text).toContain('11–12 of 12');
  });

  story('what they do without asking anything brings forth no refusal', async (s) => {
    await s.start();
    const [user, channel] = [s.workspace.person('olga').id, s.workspace.channelInfo('shared-vendor').id];
    const calls = s.workspace.apiCalls.length;
    const events: readonly JsonObject[] = [
      { type: 'reaction_added', user, reaction: 'eyes', item: { type: 'message', channel, ts: '1.1' } },
      { type: 'member_joined_channel', user, channel, channel_type: 'C' },
      { type: 'message', user, channel, channel_type: 'channel', text: 'lunch?', ts: '1.2' },
    ];
    for (const event of [...events, ...events]) {
      expect((await s.workspace.sendEvent({ ...event, event_ts: '1.3' })).status).toBe(200);
    }
    await s.silence();
    expect(s.workspace.apiCalls).toHaveLength(calls);
    // Said once for each kind, however often it happens.
    const unheard = s.log.lines.filter(({ msg }) => String(msg).includes('nothing here answers'));
    expect(unheard.map(({ what }) => what)).toEqual([
      ...['event reaction_added', 'event member_joined_channel', 'event message'],
    ]);
  });
});

describe('people of another workspace and the subscriptions of a shared channel', () => {
  const SHARED = 'shared-vendor';

  story('what they type neither subscribes nor unsubscribes, nor tells them anything', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    await subscribe(s, 'firmware external:yes', SHARED);
    for (const line of ['subscribe', 'unsubscribe all', 'subscriptions', 'why op-1']) {
      const { text, to } = await s.people.ask('olga', line, SHARED);
      expect(to).toBe('olga');
      expect(text).toContain('Only members of the workspace that installed me');
      expect(text).not.toContain('firmware');
    }
    expect(await subscriptionsOf(s, SHARED)).toEqual(['firmware on:failed,failing,stalled external:yes']);
  });

  story('what they press changes nothing', async (s) => {
    await s.start();
    const { answer } = await subscribe(s, 'firmware external:yes', SHARED);
    for (const label of ['Edit', 'Remove']) {
      const { text, to } = await s.people.press('olga', answer, { label });
      expect(to).toBe('olga');
      expect(text).toContain('Only members of the workspace that installed me');
    }
    expect(s.workspace.modal('olga')).toBeUndefined();
    expect(await subscriptionsOf(s, SHARED)).toHaveLength(1);
    expect(s.log.lines.filter(({ reason }) => reason === 'outsider')).toHaveLength(2);
  });
});
