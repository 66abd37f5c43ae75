import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { readChangesBetween } from '../../src/store/change/changes.ts';
import { readDecisions } from '../../src/store/notification/decisions.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { readWatchedTasks } from '../../src/store/task/tasks.ts';
import { OPS } from '../core/subscriptions.ts';
import { type Bench, CHANNEL, HOUR, MINUTE, notificationsOf, START, setUp } from './bench.ts';

const STRICT = 'C0STRICT';

/** A channel that wants to hear sooner than the settings say, beside one that goes by them. */
async function strict(bench: Bench, words: Partial<Subscription> = {}): Promise<void> {
  await saveSubscription(bench.store.db, {
    ...{ id: 's2', channel: STRICT, terms: [], kinds: ['failing', 'stalled', 'failed'], mentions: [OPS] },
    ...{ thresholds: { failingPercent: 1, stalledAfter: HOUR }, createdBy: null, createdAt: START },
    ...words,
  });
}

/** What was put into the outbox since the start, as `channel kind place`. */
async function told(bench: Bench): Promise<readonly string[]> {
  const rows = (await notificationsOf(bench)).filter(({ kind }) => kind !== 'baseline');
  return rows.map(
    ({ channel, kind, place }) => `${channel === STRICT ? 'strict' : 'usual'} ${kind} ${place}`,
  );
}

async function running(bench: Bench): Promise<void> {
  bench.platform.fleet.addTask({
    operationId: 'op-1',
    status: 'processing',
    tally: { total: 1_000, processing: 1_000 },
  });
  await bench.settle();
}

/** Looks every five minutes: with longer gaps the bot would count as having been away. */
async function watchFor(bench: Bench, time: number): Promise<void> {
  for (let passed = 0; passed < time; passed += 5 * MINUTE) {
    bench.clock.advance(5 * MINUTE);
    await bench.cycle();
  }
}

describe('thresholds of a subscription’s own', () => {
  test('raise their alarm once in a run, beside that of the settings, where somebody goes by them', async () => {
    await using bench = await setUp({ kinds: ['failing'] });
    await strict(bench);
    await running(bench);
    bench.platform.fleet.finishDevices('op-1', { success: 97, fail: 3 });
    await bench.nextCycle();
    expect(await told(bench)).toEqual(['strict failing root']);
    await bench.nextCycle();
    bench.platform.fleet.finishDevices('op-1', { fail: 10 });
    await bench.nextCycle();
    await bench.nextCycle();
    expect(await told(bench)).toEqual(['strict failing root', 'usual failing root']);
    const watched = (await readWatchedTasks(bench.store.db, ['op-1'])).get('op-1');
    expect(watched?.alarms).toMatchObject({ failing: true, own: ['failing:1/'] });
  });

  test('are no change of the task: previews and digests count those of the settings', async () => {
    await using bench = await setUp({ kinds: ['failing'] });
    await strict(bench);
    await running(bench);
    bench.platform.fleet.finishDevices('op-1', { success: 97, fail: 3 });
    await bench.nextCycle();
    const now = bench.clock.now();
    expect(await readChangesBetween(bench.store.db, { from: START - 1, to: now }, 100)).toEqual([]);
    expect(await readDecisions(bench.store.db, STRICT, 'op-1', 9)).toMatchObject([
      { kind: 'failing', reason: 'first-notification', notification: { state: 'pending' } },
    ]);
    expect(await readDecisions(bench.store.db, CHANNEL, 'op-1', 9)).toMatchObject([
      { kind: 'failing', reason: 'thresholds-of-others', notification: null },
    ]);
  });

  test('of a stall are told at their time, and again after the task moved', async () => {
    await using bench = await setUp({ kinds: ['stalled'] });
    await strict(bench);
    await running(bench);
    await watchFor(bench, HOUR);
    expect(await told(bench)).toEqual(['strict stalled root']);
    await watchFor(bench, 5 * HOUR);
    bench.platform.fleet.finishDevices('op-1', { success: 1 });
    await bench.nextCycle();
    await watchFor(bench, HOUR);
    expect(await told(bench)).toEqual([
      ...['strict stalled root', 'usual stalled root'],
      ...['usual resumed reply', 'strict resumed reply', 'strict stalled reply'],
    ]);
  });

  test('are forgotten with the subscription', async () => {
    await using bench = await setUp({ kinds: ['failing'] });
    await strict(bench);
    await running(bench);
    await bench.store.db.deleteFrom('subscription').where('id', '=', 's2').execute();
    bench.platform.fleet.finishDevices('op-1', { success: 97, fail: 3 });
    await bench.nextCycle();
    expect(await told(bench)).toEqual([]);
  });

  test('count for the tasks its filter lets through', async () => {
    await using bench = await setUp({ kinds: ['failing'] });
    await strict(bench, { terms: [{ field: 'type', values: ['software'], not: false }] });
    await running(bench);
    bench.platform.fleet.finishDevices('op-1', { success: 97, fail: 3 });
    await bench.nextCycle();
    expect(await told(bench)).toEqual([]);
  });
});

describe('several subscriptions of one channel', () => {
  test('with thresholds of their own each are told at each, in one thread, calling their own people', async () => {
    await using bench = await setUp({ kinds: ['failing'] });
    await strict(bench, {
      ...{ channel: CHANNEL, terms: [{ field: 'type', values: ['firmware'], not: false }] },
    });
    await running(bench);
    bench.platform.fleet.finishDevices('op-1', { success: 97, fail: 3 });
    await bench.nextCycle();
    bench.platform.fleet.finishDevices('op-1', { fail: 10 });
    await bench.nextCycle();
    const rows = (await notificationsOf(bench)).filter(({ kind }) => kind === 'failing');
    expect(
      rows.map(({ place, broadcast, content }) => [place, broadcast, JSON.parse(content).mentions]),
    ).toEqual([
      ['root', 0, [OPS]],
      ['reply', 1, []],
    ]);
    expect(new Set(rows.map(({ message_id }) => message_id)).size).toBe(1);
  });

  test('whose thresholds are passed at once are told once', async () => {
    await using bench = await setUp({ kinds: ['failing', 'started'] });
    await strict(bench, {
      ...{ channel: CHANNEL, terms: [{ field: 'type', values: ['firmware'], not: false }] },
    });
    await bench.settle();
    bench.platform.fleet.addTask({
      operationId: 'op-1',
      status: 'processing',
      tally: { total: 100, processing: 100 },
    });
    await bench.nextCycle();
    bench.platform.fleet.finishDevices('op-1', { success: 50, fail: 30 });
    await bench.nextCycle();
    const rows = (await notificationsOf(bench)).filter(({ kind }) => kind !== 'baseline');
    expect(rows.map(({ kind, place, broadcast }) => `${kind} ${place} ${broadcast}`)).toEqual([
      'started root 0',
      'failing reply 1',
    ]);
    expect(JSON.parse(rows[1]?.content ?? '').mentions).toEqual([OPS]);
  });
});
