import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/platform/index.ts';
import { readWatchedTasks } from '../../src/store/task/tasks.ts';
import { MINUTE, setUp } from './bench.ts';

const FAULTS: readonly (readonly [string, Fault, string])[] = [
  ['a page of HTML', { kind: 'html', status: 200 }, 'unreadable-answer'],
  ['JSON that is cut off', { kind: 'cut-json' }, 'unreadable-answer'],
  ['connections that are torn down', { kind: 'reset' }, 'platform-unreachable'],
  ['the throttle answer', { kind: 'status', status: 403, code: '1010009', shape: 'b' }, 'platform-throttled'],
];

describe.each(FAULTS)('%s in the middle of a cycle', (_name, fault, code) => {
  test.each([1, 3, 5])(
    'after %i good pages leaves the store as it was, and the next tells all',
    async (after) => {
      await using bench = await setUp();
      bench.addMany(150, { status: 'processing', operationId: 'op' });
      bench.addMany(150, { status: 'failed' });
      await bench.settle();
      const before = await bench.dump();
      bench.platform.fleet.setStatus('op-7', 'failed');
      bench.platform.fleet.addTask({ operationId: 'new', status: 'processing' });
      bench.platform.faults.add(fault, { call: 'listTasks', after, times: 'until-cleared' });
      bench.clock.advance(MINUTE);
      await expect(bench.cycle()).rejects.toMatchObject({ code });
      bench.platform.faults.clear();
      expect(await bench.dump()).toBe(before);
      bench.clock.advance(MINUTE);
      await bench.cycle();
      expect(await bench.told()).toEqual(['created new', 'failed op-7', 'started new']);
    },
  );
});

test('a departed task whose own call fails leaves the whole cycle to be done again', async () => {
  await using bench = await setUp({ behaviour: { order: 'newest' } });
  bench.addMany(1, { status: 'processing', operationId: 'old' });
  bench.addMany(150, { status: 'failed' });
  await bench.settle();
  const before = await bench.dump();
  bench.platform.fleet.setStatus('old-0', 'failed');
  bench.platform.faults.add({ kind: 'cut-json' }, { call: 'getTask' });
  await expect(bench.nextCycle()).rejects.toMatchObject({ code: 'unreadable-answer' });
  expect(await bench.dump()).toBe(before);
  await bench.nextCycle();
  expect(await bench.told()).toEqual(['failed old-0']);
});

test('an active task that becomes unreadable keeps no other task from being told', async () => {
  await using bench = await setUp();
  bench.addMany(2, { status: 'processing', operationId: 'op' });
  await bench.settle();
  bench.platform.fleet.rawWhole('op-0', { strange: true });
  bench.platform.fleet.setStatus('op-1', 'failed');
  await bench.nextCycle();
  expect(await bench.told()).toEqual(['failed op-1']);
  bench.platform.fleet.clearRaw('op-0');
  bench.platform.fleet.setStatus('op-0', 'success');
  await bench.nextCycle();
  expect(await bench.told()).toEqual(['succeeded op-0']);
});

test('a task whose id cannot be part of a path keeps no other task from being told', async () => {
  await using bench = await setUp();
  bench.platform.fleet.addTask({ operationId: 'north/7', status: 'processing' });
  bench.addMany(1, { status: 'processing', operationId: 'op' });
  await bench.settle();
  bench.platform.fleet.removeTask('north/7');
  bench.platform.fleet.setStatus('op-0', 'failed');
  await bench.nextCycle();
  expect(await bench.told()).toEqual(['failed op-0']);
});

test('a first look that fails is no baseline: the next one is, and tells nothing of the past', async () => {
  await using bench = await setUp();
  bench.addMany(30, { status: 'failed' });
  const reach = { call: 'listTasks', after: 3, times: 'until-cleared' } as const;
  bench.platform.faults.add({ kind: 'reset' }, reach);
  await expect(bench.cycle()).rejects.toMatchObject({ code: 'platform-unreachable' });
  bench.platform.faults.clear();
  expect((await bench.state()).lastGoodCycleAt).toBeNull();
  expect(await bench.nextCycle()).toMatchObject({ notifications: 1, changes: [] });
});

describe('tasks that cannot be read', () => {
  test('without an id cost themselves only', async () => {
    await using bench = await setUp();
    bench.addMany(120, { status: 'processing', operationId: 'op' });
    bench.platform.fleet.rawWhole('op-3', 'not even an object');
    bench.platform.fleet.raw('op-4', { operationId: undefined });
    await bench.cycle();
    expect(await bench.store.db.selectFrom('task').selectAll().execute()).toHaveLength(118);
    bench.platform.fleet.setStatus('op-5', 'failed');
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failed op-5']);
  });

  test('in one field are watched on, with that field unknown', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 20, processing: 20 } });
    fleet.raw('op-1', { createTime: 'yesterday', staResult: { fail: 'many' } });
    await bench.settle();
    fleet.setStatus('op-1', 'failed');
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failed op-1']);
    const watched = (await readWatchedTasks(bench.store.db, ['op-1'])).get('op-1');
    expect(watched?.task).toMatchObject({ createTime: null, tally: { total: 20, failed: null } });
  });

  test('that stand on a full page do not make it look like the last one', async () => {
    await using bench = await setUp();
    bench.addMany(201, { status: 'processing', operationId: 'op' });
    for (const id of ['op-200', 'op-150']) bench.platform.fleet.rawWhole(id, null);
    await bench.cycle();
    const rows = await bench.store.db.selectFrom('task').select('operation_id').execute();
    expect(rows).toHaveLength(199);
  });
});

describe('a task that vanishes', () => {
  test('is told once, and compared as usual when it comes back', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addTask({ operationId: 'op-1', status: 'processing' });
    await bench.settle();
    fleet.removeTask('op-1');
    await bench.nextCycle();
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['vanished op-1']);
    bench.callsMade();
    await bench.nextCycle();
    // Nobody asks for it any more.
    expect(bench.callsMade()).toBe(5);
    fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await bench.nextCycle();
    expect(await bench.told()).toEqual(['failed op-1']);
  });

  test('after it ended is nobody’s news', async () => {
    await using bench = await setUp();
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await bench.settle();
    bench.platform.fleet.removeTask('op-1');
    await bench.nextCycle();
    await bench.sweep();
    expect(await bench.told()).toEqual([]);
  });

  test('with a hundred others is told as the budget of the cycles allows, each once', async () => {
    await using bench = await setUp();
    bench.addMany(100, { status: 'processing', operationId: 'op' });
    await bench.settle();
    for (let index = 0; index < 100; index += 1) bench.platform.fleet.removeTask(`op-${index}`);
    const told: string[] = [];
    for (let cycle = 0; cycle < 40 && told.length < 100; cycle += 1) {
      await bench.nextCycle();
      expect(bench.callsMade()).toBeLessThanOrEqual(9);
      told.push(...(await bench.told()));
    }
    expect(new Set(told).size).toBe(100);
    expect(told).toHaveLength(100);
  });
});
