import { describe, expect } from '@jest/globals';
import { OUTSIDE_MARKETPLACE } from '../../sandbox/workspace/options.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const REPEATED = /Possibly repeated/;

async function watch(s: Story): Promise<void> {
  for (const operationId of ['op-1', 'op-2', 'op-3'])
    s.fleet.addTask({ operationId, status: 'processing', tally: { total: 20 } });
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', says: ['I watch 3 upgrade tasks'] });
  s.workspace.setHistoryRate(OUTSIDE_MARKETPLACE);
}

const looks = (s: Story) => s.workspace.apiCalls.filter(({ method }) => method === 'conversations.history');

describe('Slack shows an app 15 messages of its history once a minute', () => {
  story('a lost answer is found in a busy channel with one look at the seconds around it', async (s) => {
    await watch(s);
    for (let line = 0; line < 20; line += 1)
      await s.workspace.write({ user: 'ana', channel: 'iot-ops', text: 'busy here' });
    s.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    const root = await s.told({ kind: 'post', in: 'iot-ops', thread: null, says: ['*failed*', 'op-1'] });
    await s.edited(root, ['op-1']);
    const asked = looks(s).map(({ params }) => ({
      messages: Number(params.limit),
      seconds: Number(params.latest) - Number(params.oldest),
    }));
    expect(asked).toEqual([{ messages: 15, seconds: 18 }]);
  });

  story(
    'what it cannot find out holds up nothing else, and is posted again, marked, in minutes',
    async (s) => {
      await watch(s);
      const others = { kind: 'rate-limit', retryAfter: 60, times: Number.POSITIVE_INFINITY } as const;
      s.workspace.fault({ method: 'conversations.history', ...others });
      s.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
      const began = s.clock.now();
      s.fleet.setStatus('op-1', 'failed');
      await s.poll();
      const first = await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-1'] });
      s.fleet.setStatus('op-2', 'failed');
      await s.poll();
      await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-2', 'Reasons:'] });
      expect(s.clock.now() - began).toBeLessThan(5 * 60_000);
      const again = await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-1', REPEATED] });
      expect(first.text).not.toMatch(REPEATED);
      expect(again.post.ts).not.toBe(first.post.ts);
      const minutes = (s.clock.now() - began) / 60_000;
      expect(looks(s).length).toBeLessThanOrEqual(minutes + 1);
      const { body } = await s.page('/metrics');
      expect(body).toMatch(/upgrades_notices_total\{.*outcome="undecided".*\} 1/);
    },
  );
});
