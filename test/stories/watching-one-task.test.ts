import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Starts the bot on what is there, and takes its first message. */
async function beginWatching(s: Story, tasks: number): Promise<void> {
  await s.start(alertsTo(s));
  const first = await s.told({ kind: 'post', in: 'iot-ops', thread: null });
  expect(first.text).toContain(`I watch ${tasks} upgrade task`);
}

describe('one task is watched', () => {
  story('the first look at an empty store tells nobody about the past', async (s) => {
    s.fleet.addTask({ status: 'failed' });
    s.fleet.addTask({ status: 'processing', tally: { success: 1, fail: 90 } });
    s.fleet.addTask({ status: 'wait', policy: { executeType: 'custom', endTime: s.clock.now() - HOUR } });
    s.fleet.addTask({ status: 'success' });
    await beginWatching(s, 4);
    await s.poll();
    await s.poll();
  });

  story('it fails: a root message with the counters', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 10 } });
    await beginWatching(s, 1);
    s.fleet.finishDevices('op-1', { success: 7, fail: 2, timeout: 1 });
    await s.poll();
    const root = await s.told({ kind: 'post', in: 'iot-ops', thread: null });
    expect(root.text).toMatch(/:red_circle: \*failed\* · Firmware upgrade · WaterMeter WM20 · meters-north/);
    expect(root.text).toContain('10 of 10 devices done (100 %) · *3 failed* · 1 of them timed out');
    expect(root.text).toContain('op-1');
    await s.people.open('ana', root, 'Details', '*Failed devices* (3)');
  });

  story('it begins to fail, then fails: the root is edited, the reply is shown to the channel', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 100 } });
    await beginWatching(s, 1);
    s.fleet.finishDevices('op-1', { success: 9 });
    await s.poll();
    s.fleet.finishDevices('op-1', { fail: 2 });
    await s.poll();
    const root = await s.told({
      kind: 'post',
      in: 'iot-ops',
      thread: null,
      says: ['begins to fail', 'op-1'],
    });
    expect(root.text).toContain('11 of 100 devices done (11 %) · *2 failed*');
    s.fleet.finishDevices('op-1', { success: 40 });
    await s.poll();
    await s.edited(root, ['51 of 100 devices done']);
    s.fleet.finishDevices('op-1', { success: 39, fail: 10 });
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, broadcast: true, says: ['*failed*', '*12 failed*'] });
    await s.edited(root, [':red_circle: *failed*', '100 of 100 devices done']);
    expect(s.workspace.channel('iot-ops')).toHaveLength(2);
  });

  story('it fails and recovers while Slack takes no posts: its first message says both', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 20 } });
    await beginWatching(s, 1);
    await s.people.ask('ana', 'subscribe mention:@here');
    await s.told({ kind: 'post', says: [':bell:'] });
    // What was just posted has its second before the clock stands still.
    await s.silence();
    s.clock.halt();
    s.workspace.fault({ method: 'chat.postMessage', kind: 'rate-limit', retryAfter: 600 });
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await s.workspace.until(({ apiCalls }) => apiCalls.some(({ status }) => status === 429), {
      what: 'a post that is refused',
    });
    s.clock.advance(5 * MINUTE);
    s.fleet.change('op-1', { status: 'processing', tally: { fail: 0 } });
    await s.poll();
    s.clock.run();
    s.clock.advance(5 * MINUTE);
    const root = await s.told({ kind: 'post', thread: null, says: ['@here', '*running*', 'op-1'] });
    expect(root.text).toMatch(/Earlier: failed .* with 20 devices, retried · none failed now/);
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    s.fleet.setStatus('op-1', 'success');
    await s.poll();
    await s.edited(root, ['*succeeded*', /Earlier: failed .* with 20 devices/]);
    await s.told({ kind: 'post', thread: root.post.ts, says: ['succeeded'] });
  });

  story(
    'it stalls, moves on, and stalls again',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 100 } });
      await beginWatching(s, 1);
      s.clock.advance(5 * HOUR);
      await s.poll();
      await s.silence();
      expect(s.claims.unclaimed()).toHaveLength(0);
      s.clock.advance(HOUR);
      await s.poll();
      const root = await s.told({ kind: 'post', thread: null, says: [':hourglass: *stalled*', 'op-1'] });
      await s.poll();
      s.fleet.finishDevices('op-1', { success: 1 });
      await s.poll();
      await s.told({
        ...{ kind: 'post', thread: root.post.ts, broadcast: false },
        says: [':fast_forward: *moves again*', '1 of 100', 'no device had moved for 6 h'],
      });
      await s.edited(root, ['*running*', '1 of 100']);
      s.fleet.finishDevices('op-1', { success: 1 });
      await s.poll();
      await s.edited(root, ['2 of 100']);
      s.clock.advance(7 * HOUR);
      await s.poll();
      await s.told({ kind: 'post', thread: root.post.ts, broadcast: true, says: ['stalled'] });
      await s.edited(root, ['*stalled*']);
    },
    { env: { STALLED_AFTER: '6h' } },
  );

  story(
    'its window ends before it does: overdue, once the channel asked for it or has its thread',
    async (s) => {
      const now = s.clock.now();
      s.fleet.addTask({
        operationId: 'op-1',
        status: 'processing',
        policy: { executeType: 'custom', startTime: now - HOUR, endTime: now + 2 * HOUR },
        tally: { total: 20 },
      });
      await beginWatching(s, 1);
      s.fleet.finishDevices('op-1', { success: 8, fail: 2 });
      await s.poll();
      const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail'] });
      s.clock.advance(3 * HOUR);
      await s.poll();
      await s.told({
        kind: 'post',
        thread: root.post.ts,
        broadcast: false,
        says: [':alarm_clock: *overdue*'],
      });
      await s.edited(root, ['begins to fail, overdue']);
      await s.poll();
    },
  );

  story('it failed, is retried and recovers, and succeeds in the end', async (s) => {
    s.fleet.addTask({
      operationId: 'op-1',
      status: 'processing',
      policy: { retryType: true, retryTimes: 2 },
      tally: { total: 4 },
    });
    await beginWatching(s, 1);
    s.fleet.finishDevices('op-1', { success: 3, fail: 1 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['*failed*'] });
    s.fleet.retryTask('op-1');
    await s.poll();
    const thread = root.post.ts;
    await s.told({ kind: 'post', thread, broadcast: false, says: ['recovered: it runs again'] });
    await s.edited(root, ['*running*', '3 of 4']);
    s.fleet.finishDevices('op-1', { success: 1 });
    await s.poll();
    await s.told({ kind: 'post', thread, broadcast: false, says: ['*succeeded*'] });
    await s.edited(root, [':large_green_circle: *succeeded*', '4 of 4']);
  });

  story('it is stopped by somebody: told in the thread it has', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 40 } });
    await beginWatching(s, 1);
    s.fleet.finishDevices('op-1', { success: 5, fail: 5 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail'] });
    s.fleet.stopTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, broadcast: false, says: ['*stopped*', '30 stopped'] });
    await s.edited(root, [':black_circle: *stopped*']);
  });

  story('it succeeds, is stopped or just begins: the alert channel hears nothing of it', async (s) => {
    for (const id of ['op-1', 'op-2']) {
      s.fleet.addTask({ operationId: id, status: 'processing', tally: { total: 5 } });
    }
    await beginWatching(s, 2);
    s.fleet.finishDevices('op-1', { success: 5 });
    s.fleet.stopTask('op-2');
    s.fleet.addTask({ operationId: 'op-3', status: 'wait' });
    await s.poll();
    s.fleet.setStatus('op-3', 'processing');
    await s.poll();
    expect((await s.people.ask('ana', 'success')).text).toContain('op-1');
  });

  story('it is born and fails between two looks: told by how it ended', async (s) => {
    s.fleet.addTask({ operationId: 'op-old', status: 'failed' });
    await beginWatching(s, 1);
    s.clock.advance(30_000);
    s.fleet.addTask({ operationId: 'op-short', status: 'failed', tally: { success: 1, fail: 2 } });
    s.fleet.addTask({ operationId: 'op-fine', status: 'success' });
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['op-short', '*failed*', '*2 failed*'] });
    await s.poll();
  });

  story('it vanishes: told where it has a thread', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 40 } });
    await beginWatching(s, 1);
    s.fleet.finishDevices('op-1', { success: 5, fail: 5 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail'] });
    s.fleet.removeTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['vanished'] });
    await s.edited(root, ['vanished from the platform']);
  });
});
