import { describe, expect, test } from '@jest/globals';
import { askWhy } from '../../src/ask/ask-why.ts';
import { writeMute } from '../../src/store/notification/mutes.ts';
import { type Bench, MINUTE, setUp } from '../watch/bench.ts';
import { LAB, OPS, subscribe, unsubscribeHere } from './subscribing.ts';

async function reasons({ store, clock }: Bench, channel = OPS, operationId = 'op-1') {
  const why = await askWhy(store.db, channel, operationId, clock.now());
  return why?.explanations.map(({ kind, reason }) => `${kind}: ${reason}`);
}

/** A running task that came up while the bot watched. */
async function withTask(bench: Bench, ...lines: readonly string[]): Promise<void> {
  await bench.settle();
  for (const line of lines) await subscribe(bench, line);
  bench.platform.fleet.addTask({
    operationId: 'op-1',
    status: 'processing',
    tally: { total: 100, wait: 100 },
  });
  await bench.nextCycle();
}

async function fails(bench: Bench): Promise<void> {
  bench.platform.fleet.setStatus('op-1', 'failed');
  await bench.nextCycle();
}

describe('why', () => {
  test('a task nobody has seen', async () => {
    await using bench = await setUp();
    expect(await reasons(bench)).toBeUndefined();
  });

  test('a task to which nothing happened', async () => {
    await using bench = await setUp();
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await bench.settle();
    expect(await reasons(bench)).toEqual([]);
  });

  test('told, found with another change, not wanted, in its thread', async () => {
    await using bench = await setUp();
    await withTask(bench, 'failing,failed');
    bench.platform.fleet.finishDevices('op-1', { success: 50, fail: 50 }, { settle: false });
    await bench.nextCycle();
    await fails(bench);
    expect(await reasons(bench)).toEqual([
      'created: kind-not-wanted',
      'started: kind-not-wanted',
      'failing: first-notification',
      'failed: has-a-thread',
    ]);
  });

  test('a filter that does not fit, and none at all', async () => {
    await using bench = await setUp();
    await withTask(bench, 'software');
    await fails(bench);
    const none = ['created', 'started', 'failed'];
    expect(await reasons(bench)).toEqual(none.map((kind) => `${kind}: filter-does-not-match`));
    expect(await reasons(bench, LAB)).toEqual(none.map((kind) => `${kind}: not-subscribed-then`));
  });

  test('before and after it was subscribed and unsubscribed', async () => {
    await using bench = await setUp();
    await withTask(bench);
    bench.clock.advance(1);
    await subscribe(bench, 'failed');
    await fails(bench);
    expect(await reasons(bench)).toEqual([
      'created: not-subscribed-then',
      'started: not-subscribed-then',
      'failed: first-notification',
    ]);
    await unsubscribeHere(bench, 'all');
    expect(await reasons(bench)).toEqual([
      'created: not-subscribed-then',
      'started: not-subscribed-then',
      'failed: first-notification',
    ]);
  });

  test('a filter that fits only now', async () => {
    await using bench = await setUp();
    await withTask(bench, 'fail>50% on:created,failed');
    await fails(bench);
    expect(await reasons(bench)).toEqual([
      'created: filter-did-not-match-then',
      'started: filter-did-not-match-then',
      'failed: first-notification',
    ]);
  });

  test('muted, and in quiet hours', async () => {
    await using bench = await setUp();
    await withTask(bench, 'on:all');
    const mute = { until: null, by: 'U1', at: bench.clock.now() };
    await writeMute(bench.store.db, OPS, 'op-1', mute);
    bench.platform.fleet.finishDevices('op-1', { success: 50, fail: 20 });
    await bench.nextCycle();
    await subscribe(bench, 'quiet:00:00-23:59 zone:UTC');
    await fails(bench);
    expect((await reasons(bench))?.slice(-2)).toEqual(['failing: muted', 'failed: quiet-hours']);
  });

  test('thresholds of its own, and of others', async () => {
    await using bench = await setUp();
    await withTask(bench, 'stalled:3m');
    await subscribe(bench, 'on:failing,stalled', LAB);
    bench.clock.advance(3 * MINUTE);
    await bench.cycle();
    expect((await reasons(bench))?.at(-1)).toBe('stalled: first-notification');
    expect((await reasons(bench, LAB))?.at(-1)).toBe('stalled: thresholds-of-others');
  });

  test('of a long story the latest part, whole', async () => {
    await using bench = await setUp();
    await withTask(bench, 'firmware on:all');
    for (let round = 0; round < 15; round += 1) {
      await fails(bench);
      bench.platform.fleet.setStatus('op-1', 'processing');
      await bench.nextCycle();
    }
    const why = await askWhy(bench.store.db, OPS, 'op-1', bench.clock.now());
    expect(why).toMatchObject({ older: true });
    expect(why?.explanations).toHaveLength(20);
    expect(new Set(why?.explanations.map(({ reason }) => reason))).toEqual(new Set(['has-a-thread']));
    expect(await reasons(bench, LAB)).toHaveLength(20);
  });
});
