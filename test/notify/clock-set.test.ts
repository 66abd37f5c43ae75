import { describe, expect, test } from '@jest/globals';
import { waitForReasons } from '../../src/store/notification/wait-for-reasons.ts';
import { type Bench, failed, MINUTE, setUp } from './bench.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ['back by a day', -DAY],
  ['back by an hour', -HOUR],
  ['forward by two minutes', 2 * MINUTE],
  ['forward by eight hours', 8 * HOUR],
  ['forward by thirty days', 30 * DAY],
] as const;

async function subscribed(): Promise<Bench> {
  const bench = await setUp();
  await bench.subscribe(bench.channel);
  return bench;
}

/** A failure that has waited ten seconds for its reasons, and would wait twenty more. */
async function waitsForReasons(): Promise<Bench> {
  const bench = await subscribed();
  await bench.see(failed('op-1'));
  await waitForReasons(bench.store.db, ['op-1'], { from: bench.now(), until: bench.now() + 30_000 });
  bench.advance(10_000);
  return bench;
}

const waited = ({ waits }: Bench) => waits.reduce((sum, wait) => sum + wait, 0);

test('a clock that nobody sets lets a notification wait for its reasons', async () => {
  await using bench = await waitsForReasons();
  bench.deliver();
  await bench.settled();
  expect(waited(bench)).toBeGreaterThanOrEqual(20_000);
});

describe.each(STEPS)('a clock that is set %s', (_name, step) => {
  test('between two notifications holds up no channel', async () => {
    await using bench = await subscribed();
    await bench.see(failed('op-1'));
    const delivery = bench.deliver();
    await bench.settled();
    bench.set(step);
    const before = waited(bench);
    await bench.see(failed('op-2'));
    delivery.wake();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['sent', 'sent']);
    expect(waited(bench) - before).toBeLessThanOrEqual(2_000);
  });

  test('while a notification is put off makes it wait no longer', async () => {
    await using bench = await subscribed();
    await bench.see(failed('op-1'));
    await bench.store.db
      .updateTable('notification')
      .set({ attempts: 1, waits_since: bench.now(), due_at: bench.now() + 30_000 })
      .execute();
    bench.advance(10_000);
    bench.set(step);
    bench.deliver();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['sent']);
    expect(waited(bench)).toBeLessThanOrEqual(20_000);
  });

  test('while a notification waits for its reasons makes it wait no longer', async () => {
    await using bench = await waitsForReasons();
    bench.set(step);
    bench.deliver();
    await bench.settled();
    expect(bench.outcomes()).toEqual(['sent']);
    expect(waited(bench)).toBeLessThanOrEqual(20_000);
  });

  test('after the night was released does not hold its summary up', async () => {
    await using bench = await subscribed();
    await bench.quiet(60, 60);
    await bench.see(failed('op-1'), failed('op-2'));
    bench.advance(8 * HOUR);
    await bench.release();
    bench.set(step);
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(1);
    expect(waited(bench)).toBeLessThanOrEqual(5_000);
  });

  test('while an answer is missing neither loses the notification nor asks for it for ever', async () => {
    await using bench = await subscribed();
    await bench.see(failed('op-1'));
    await bench.store.db
      .updateTable('notification')
      .set({ state: 'sending', attempts: 1, attempted_at: bench.now() })
      .execute();
    bench.set(step);
    bench.deliver();
    await bench.settled();
    expect(bench.seen()).toHaveLength(1);
    expect(waited(bench)).toBeLessThanOrEqual(15_000);
  });

  test('after an edit lets the next one pass', async () => {
    await using bench = await subscribed();
    await bench.see(failed('op-1'));
    const delivery = bench.deliver();
    await bench.settled();
    await bench.see({ ...failed('op-1'), tally: { total: 20, failed: 19, succeeded: 1, running: 0 } });
    delivery.wake();
    await bench.settled();
    const edits = bench.calls('chat.update');
    bench.set(step);
    const before = waited(bench);
    await bench.see({ ...failed('op-1'), tally: { total: 20, failed: 18, succeeded: 2, running: 0 } });
    delivery.wake();
    await bench.settled();
    expect(bench.calls('chat.update')).toBe(edits + 1);
    expect(waited(bench) - before).toBeLessThanOrEqual(5_000);
  });
});
