import { describe, expect, test } from '@jest/globals';
import { askPreview, PREVIEW_BOUNDS } from '../../src/ask/ask-preview.ts';
import { applyWish } from '../../src/core/subscription/apply-wish.ts';
import { type Bench, HOUR, MINUTE, notificationsOf, setUp } from '../watch/bench.ts';
import { OPS, subscribe, wishOf } from './subscribing.ts';

async function preview({ parts }: Bench, line: string, bounds = PREVIEW_BOUNDS) {
  return await askPreview({ ...parts, turn: async () => undefined }, applyWish(null, wishOf(line)), bounds);
}

/** Messages that were really put into the outbox for everybody of a channel to see. */
async function posted(bench: Bench, channel = OPS): Promise<number> {
  const all = await notificationsOf(bench);
  return all.filter((one) => one.channel === channel && (one.place === 'root' || one.broadcast === 1)).length;
}

/** A while in which tasks fail, begin to fail, stall, end and come back. `pause` lets the given part of 7 hours pass. */
async function someHours(bench: Bench, pause = jump): Promise<void> {
  const { fleet } = bench.platform;
  for (let n = 0; n < 12; n += 1) {
    const type = n % 2 === 0 ? 'firmware_upgrade' : 'software_upgrade';
    fleet.addTask({ operationId: `op-${n}`, status: 'processing', type, tally: { total: 100, wait: 100 } });
  }
  await bench.nextCycle();
  fleet.finishDevices('op-0', { success: 18, fail: 2 });
  fleet.finishDevices('op-1', { success: 10, fail: 10 });
  await bench.nextCycle();
  fleet.setStatus('op-0', 'failed');
  fleet.setStatus('op-2', 'failed');
  await bench.nextCycle();
  fleet.setStatus('op-0', 'processing');
  await pause(bench, 3);
  fleet.finishDevices('op-3', { success: 1 });
  await pause(bench, 4);
  fleet.setStatus('op-4', 'success');
  for (const n of [5, 6, 7, 8, 9, 10, 11]) fleet.setStatus(`op-${n}`, 'failed');
  await bench.nextCycle();
  fleet.removeTask('op-3');
  await bench.nextCycle();
}

async function jump(bench: Bench, hours: number): Promise<void> {
  bench.clock.advance(hours * HOUR);
  await bench.cycle();
}

/** As the bot really looks: tasks that moved a minute apart stall a minute apart. */
async function watch(bench: Bench, hours: number): Promise<void> {
  for (let minute = 0; minute < hours * 10; minute += 1) await bench.nextCycle();
}

describe('a preview', () => {
  test.each([
    '',
    'failed',
    'on:all',
    'firmware',
    'software on:succeeded,failed',
    'task:op-3 on:vanished,stalled',
    'since:2h on:created,failed',
  ])('of %j tells what a subscription of that time would have posted', async (line) => {
    await using bench = await setUp();
    await bench.settle();
    await subscribe(bench, line);
    // Longer gaps than usual are part of the tale, and no time the bot was away.
    Object.assign(bench.parts, { downtimeAfter: 99 * HOUR });
    await someHours(bench);
    const found = await preview(bench, line);
    expect(found.messages).toBe(await posted(bench));
    expect(found.atLeast).toBe(false);
    expect(found.span).toBe(bench.clock.now() - ((await bench.state()).baselineAt ?? 0));
  });

  test.each([
    'stalled:20m',
    'failing:30%,20',
    'failing:5%,20 stalled:10m',
    'firmware stalled:35m failing:1%',
  ])('of %j replays thresholds of its own', async (line) => {
    await using bench = await setUp();
    await bench.settle();
    await subscribe(bench, line);
    await someHours(bench, watch);
    const found = await preview(bench, line);
    expect(found.messages).toBe(await posted(bench));
    expect(found.messages).toBeGreaterThan(0);
  });

  test('names the latest with their tasks', async () => {
    await using bench = await setUp();
    await bench.settle();
    bench.addMany(4, { operationId: 'op', status: 'processing' });
    await bench.nextCycle();
    for (const n of [0, 1, 2, 3]) {
      bench.platform.fleet.setStatus(`op-${n}`, 'failed');
      await bench.nextCycle();
    }
    const { examples, tasks } = await preview(bench, 'failed');
    expect(examples.map(({ operationId }) => operationId)).toEqual(['op-3', 'op-2', 'op-1']);
    expect([...tasks.keys()].sort()).toEqual(['op-1', 'op-2', 'op-3']);
  });

  test('looks back seven days and no further', async () => {
    await using bench = await setUp();
    await bench.settle();
    bench.addMany(2, { operationId: 'op', status: 'processing' });
    await bench.nextCycle();
    bench.platform.fleet.setStatus('op-0', 'failed');
    await bench.nextCycle();
    bench.clock.advance(7 * 24 * HOUR - MINUTE);
    bench.platform.fleet.setStatus('op-1', 'failed');
    await bench.cycle();
    expect((await preview(bench, 'failed')).messages).toBe(2);
    bench.clock.advance(2 * MINUTE);
    const later = await preview(bench, 'failed');
    expect(later).toMatchObject({ messages: 1, span: 7 * 24 * HOUR });
  });

  test('before the first look cannot be given', async () => {
    await using bench = await setUp();
    expect(await preview(bench, '')).toMatchObject({ messages: 0, span: null, atLeast: false });
  });

  test('of more than is looked at is the least it would have been', async () => {
    await using bench = await setUp();
    await bench.settle();
    await someHours(bench);
    const bounds = { changes: 5, tasks: 2, snapshots: 3 };
    expect((await preview(bench, 'on:all', bounds)).atLeast).toBe(true);
    expect((await preview(bench, 'stalled:1h', { ...PREVIEW_BOUNDS, tasks: 2 })).atLeast).toBe(true);
    expect((await preview(bench, 'stalled:1h', { ...PREVIEW_BOUNDS, snapshots: 3 })).atLeast).toBe(true);
    expect((await preview(bench, 'stalled:1h')).atLeast).toBe(false);
  });
});
