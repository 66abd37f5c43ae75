import { describe, expect } from '@jest/globals';
import type { Seen } from './harness/claims.ts';
import { alertsTo } from './harness/environment.ts';
import { clockIn, quietAroundNow } from './harness/hours.ts';
import { type Story, story } from './harness/story.ts';

const HOUR = 3_600_000;

/** Tasks that run, a channel that is told of alarms, and hours said by somebody in it. */
async function watchQuietly(s: Story, hours: string, tasks = ['op-1', 'op-2', 'op-3']): Promise<void> {
  for (const operationId of tasks) {
    const policy = { retryType: true, retryTimes: 2 };
    s.fleet.addTask({ operationId, status: 'processing', policy, tally: { total: 20 } });
  }
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', says: ['I watch'] });
  await subscribe(s, hours);
}

async function subscribe(s: Story, line: string): Promise<Seen> {
  await s.people.ask('ana', `subscribe ${line}`);
  return await s.told({ kind: 'post', in: 'iot-ops', says: [':bell:'] });
}

/** Everything due was done, and nobody heard anything. */
async function hearNothing(s: Story): Promise<void> {
  await s.silence();
  expect(s.claims.dump()).toBe('');
}

describe('quiet hours', () => {
  story('hold what fails in the night, and end with one summary that names every task', async (s) => {
    await watchQuietly(s, quietAroundNow(s));
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    s.fleet.setStatus('op-2', 'failed');
    await s.poll();
    await hearNothing(s);
    s.clock.advance(3 * HOUR);
    await s.poll();
    const summary = await s.told({
      kind: 'post',
      in: 'iot-ops',
      thread: null,
      says: ['2 upgrade tasks changed during quiet hours'],
    });
    const thread = summary.post.ts;
    await s.told({ kind: 'post', thread, says: ['op-1', 'op-2'] });
    // What happens later goes on in the summary's thread.
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread, says: ['recovered', 'op-1'] });
    await s.edited(summary, ['running 1']);
  });

  story('that begin hold what Slack’s limit kept waiting until then', async (s) => {
    await watchQuietly(s, quietAroundNow(s, { before: -10, after: 120 }));
    // What was just posted has its second before the clock stands still.
    await s.silence();
    s.clock.halt();
    s.workspace.fault({ method: 'chat.postMessage', kind: 'rate-limit', retryAfter: 20 * 60 });
    s.fleet.setStatus('op-1', 'failed');
    s.fleet.setStatus('op-2', 'failed');
    await s.poll();
    await s.workspace.until(({ apiCalls }) => apiCalls.some(({ status }) => status === 429), {
      what: 'a post that is refused',
    });
    s.clock.advance(12 * 60_000);
    await s.poll();
    s.clock.run();
    await hearNothing(s);
    s.clock.advance(2 * HOUR);
    await s.poll();
    const summary = await s.told({ kind: 'post', thread: null, says: ['2 upgrade tasks changed during'] });
    await s.told({ kind: 'post', thread: summary.post.ts, says: ['op-1', 'op-2'] });
  });

  story('tell a single task as itself when they end', async (s) => {
    await watchQuietly(s, quietAroundNow(s));
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await hearNothing(s);
    s.clock.advance(3 * HOUR);
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-1', 'quiet hours'] });
  });

  story('keep the thread of a task that was told before, without waking the channel again', async (s) => {
    await watchQuietly(s, 'failed,failing,stalled');
    s.fleet.finishDevices('op-1', { success: 8, fail: 2 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail', 'op-1'] });
    await subscribe(s, quietAroundNow(s));
    s.fleet.setStatus('op-1', 'failed');
    s.fleet.setStatus('op-2', 'failed');
    await s.poll();
    // An edit wakes nobody.
    await s.edited(root, ['*failed*']);
    await hearNothing(s);
    s.clock.advance(3 * HOUR);
    await s.poll();
    const summary = await s.told({ kind: 'post', thread: null, says: ['during quiet hours'] });
    await s.told({ kind: 'post', thread: summary.post.ts, says: ['op-1', 'op-2'] });
    await s.told({ kind: 'post', thread: root.post.ts, broadcast: false, says: ['*failed*', 'op-1'] });
  });

  story('survive a restart, and end at once when somebody switches them off', async (s) => {
    await watchQuietly(s, quietAroundNow(s));
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await hearNothing(s);
    await s.restart(alertsTo(s));
    await hearNothing(s);
    await subscribe(s, 'quiet:off');
    await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-1'] });
  });
});

describe('a digest', () => {
  story('tells the day once, at its time', async (s) => {
    await watchQuietly(s, `digest:${clockIn(s, 60)} zone:UTC`);
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-1'] });
    await hearNothing(s);
    s.clock.advance(HOUR + 60_000);
    await s.poll();
    await s.told({ kind: 'post', in: 'iot-ops', thread: null, says: [':calendar:', 'failed', 'op-1'] });
    await s.poll();
    await s.restart(alertsTo(s));
    await hearNothing(s);
  });
});

describe('a mute', () => {
  story('that lasts an hour ends with one reply that says what happened meanwhile', async (s) => {
    await watchQuietly(s, 'failed,failing,stalled,overdue');
    s.fleet.finishDevices('op-1', { success: 8, fail: 2 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail', 'op-1'] });
    await s.people.press('ana', root, { label: 'Mute', selected: '1 hour' });
    await s.edited(root, ['Muted by']);
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await s.edited(root, ['*failed*']);
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.edited(root, ['running']);
    await hearNothing(s);
    s.clock.advance(HOUR + 60_000);
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['failed', 'recovered'] });
    await s.edited(root, [/^(?!.*Muted)/s]);
  });

  story('until the end swallows everything but the end', async (s) => {
    await watchQuietly(s, 'failed,failing,stalled', ['op-1']);
    s.fleet.finishDevices('op-1', { success: 8, fail: 2 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail', 'op-1'] });
    await s.people.press('ana', root, { label: 'Mute', selected: 'Until it ends' });
    await s.edited(root, ['until it ends']);
    s.clock.advance(7 * HOUR);
    await s.poll();
    await s.edited(root, ['stalled']);
    await hearNothing(s);
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, broadcast: true, says: ['*failed*', 'op-1'] });
    await s.edited(root, ['*failed*', /^(?!.*Muted)/s]);
  });
});
