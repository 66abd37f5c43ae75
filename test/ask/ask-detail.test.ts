import { describe, expect, test } from '@jest/globals';
import { askDevices } from '../../src/ask/ask-devices.ts';
import { askHistory } from '../../src/ask/ask-history.ts';
import { askReasons } from '../../src/ask/ask-reasons.ts';
import { askTask } from '../../src/ask/ask-task.ts';
import type { DeviceFilter } from '../../src/core/question/detail-answer.ts';
import type { KnownStatus } from '../../src/core/task/task.ts';
import { readDeviceReadings, readResultsOfTask } from '../../src/store/task/device-results.ts';
import { type Bench, type BenchOptions, setUp } from '../watch/bench.ts';

const partsOf = (bench: Bench) => ({
  platform: bench.client,
  db: bench.store.db,
  now: bench.clock.now,
  person: null,
});

/** A failed task over 250 devices: 120 failed, 100 succeeded, 30 stopped. */
async function withTask(options: BenchOptions = {}): Promise<Bench> {
  const bench = await setUp(options);
  const tally = { total: 250, fail: 120, success: 100, stop: 30 };
  bench.platform.fleet.addTask({ operationId: 'op', status: 'failed', tally, reasons: ['A', 'B'] });
  return bench;
}

const ask = (bench: Bench, filter: DeviceFilter, page = 1, size = 15) =>
  askDevices(partsOf(bench), { operationId: 'op', filter, page, size });
const remembered = (bench: Bench, status: KnownStatus | null = null) =>
  readResultsOfTask(bench.store.db, 'op', { status, offset: 0, limit: 1_000 });
const readings = async (bench: Bench) => (await readDeviceReadings(bench.store.db, ['op'])).get('op');
const away = (bench: Bench) => bench.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });

test('the failed devices of a detail are remembered for look-ups', async () => {
  await using bench = await withTask();
  expect(await askTask(partsOf(bench), 'op')).toMatchObject({ kind: 'found' });
  expect((await remembered(bench, 'failed')).total).toBe(10);
});

describe('a page of devices', () => {
  test.each([
    ['all', 250],
    ['failed', 120],
    ['succeeded', 100],
    ['running', 0],
    ['waiting', 0],
    ['stopped', 30],
  ] as const)('of status %s', async (filter, total) => {
    await using bench = await withTask();
    const answer = await ask(bench, filter);
    expect(answer).toMatchObject({ kind: 'found', page: { total, freshness: { kind: 'live' } } });
  });

  test('is one call, and is remembered', async () => {
    await using bench = await withTask();
    await ask(bench, 'all', 2);
    expect(bench.platform.callsOf('listDeviceResults').map(({ query }) => query)).toEqual([
      expect.objectContaining({ pageNo: '1', pageSize: '15' }),
    ]);
    expect((await remembered(bench)).total).toBe(15);
    expect(await readings(bench)).toBeUndefined();
  });

  test('that holds all devices, or all failed ones, is noted as a whole reading', async () => {
    await using bench = await withTask();
    await ask(bench, 'stopped', 1, 100);
    expect(await readings(bench)).toBeUndefined();
    bench.platform.fleet.addTask({ operationId: 'small', status: 'failed', tally: { total: 2, fail: 2 } });
    await askDevices(partsOf(bench), { operationId: 'small', filter: 'failed', page: 1, size: 15 });
    const small = (await readDeviceReadings(bench.store.db, ['small'])).get('small');
    expect(small).toMatchObject({ failedReadAt: bench.clock.now(), allReadAt: null });
  });

  test.each(['empty', 'error'] as const)('beyond the end is empty (%s)', async (beyondTheEnd) => {
    await using bench = await withTask({ behaviour: { beyondTheEnd } });
    const answer = await ask(bench, 'all', 99);
    expect(answer).toMatchObject({ kind: 'found', page: { results: [] } });
  });

  test('without a total goes on as long as pages are full', async () => {
    await using bench = await withTask({ behaviour: { total: 'absent' } });
    expect(await ask(bench, 'stopped', 1)).toMatchObject({ page: { total: null, more: true } });
    expect(await ask(bench, 'stopped', 3)).toMatchObject({ page: { total: null, more: false } });
  });

  test('comes from the index while the platform is away, else there is only trouble', async () => {
    await using bench = await withTask();
    await ask(bench, 'stopped', 1, 100);
    const readAt = bench.clock.now();
    bench.clock.advance(60_000);
    away(bench);
    expect(await ask(bench, 'stopped')).toMatchObject({
      kind: 'found',
      page: { total: 30, more: true, freshness: { kind: 'mirror', asOf: readAt } },
    });
    expect(await ask(bench, 'succeeded')).toMatchObject({ kind: 'trouble' });
  });

  test('of a task the platform does not know is trouble', async () => {
    await using bench = await setUp();
    expect(await ask(bench, 'all')).toMatchObject({
      kind: 'trouble',
      trouble: { message: expect.stringContaining('knows no upgrade task') },
    });
  });
});

describe('the failed devices', () => {
  test('are read to the end and remembered', async () => {
    await using bench = await withTask();
    const answer = await askReasons(partsOf(bench), 'op');
    if (answer.kind !== 'found') throw new Error('not found');
    expect(answer.report).toMatchObject({ total: 120, cut: null, freshness: { kind: 'live' } });
    expect(answer.report.results).toHaveLength(120);
    expect(bench.platform.callsOf('listDeviceResults')).toHaveLength(2);
    expect((await remembered(bench, 'failed')).total).toBe(120);
    expect(await readings(bench)).toEqual({ failedReadAt: bench.clock.now(), allReadAt: null });
  });

  test.each([
    ['without a total', { total: 'absent' as const }],
    ['with an error beyond the end', { total: 'absent' as const, beyondTheEnd: 'error' as const }],
  ])('%s end with a page that is not full', async (_, behaviour) => {
    await using bench = await setUp({ behaviour });
    bench.platform.fleet.addTask({ operationId: 'op', status: 'failed', tally: { total: 200, fail: 200 } });
    const answer = await askReasons(partsOf(bench), 'op');
    expect(answer).toMatchObject({ report: { total: null, cut: null } });
    expect((await remembered(bench)).total).toBe(200);
  });

  test('are 2,000 at the most', async () => {
    await using bench = await setUp({ callsPerMinute: 1_000 });
    bench.platform.fleet.addTask({
      operationId: 'op',
      status: 'failed',
      tally: { total: 2_001, fail: 2_001 },
    });
    const answer = await askReasons(partsOf(bench), 'op');
    expect(answer).toMatchObject({ report: { total: 2_001, cut: { kind: 'too-many' } } });
    expect(bench.platform.callsOf('listDeviceResults')).toHaveLength(20);
    expect(await readings(bench)).toBeUndefined();
  });

  test('read before trouble came are told with the trouble', async () => {
    await using bench = await withTask();
    bench.platform.faults.add(
      { kind: 'reset' },
      { call: 'listDeviceResults', after: 1, times: 'until-cleared' },
    );
    const answer = await askReasons(partsOf(bench), 'op');
    if (answer.kind !== 'found') throw new Error('not found');
    expect(answer.report.results).toHaveLength(100);
    expect(answer.report).toMatchObject({ total: 120, cut: { kind: 'trouble' } });
    expect(await readings(bench)).toBeUndefined();
  });

  test('never cost more than the budget has room for', async () => {
    await using bench = await setUp({ callsPerMinute: 5 });
    bench.platform.fleet.addTask({
      operationId: 'op',
      status: 'failed',
      tally: { total: 2_000, fail: 2_000 },
    });
    const answer = await askReasons(partsOf(bench), 'op');
    expect(answer).toMatchObject({ report: { cut: { kind: 'trouble' } } });
    expect(bench.platform.calls.length).toBeLessThanOrEqual(5);
  });

  test('come from the index while the platform is away', async () => {
    await using bench = await withTask();
    await askReasons(partsOf(bench), 'op');
    const asOf = bench.clock.now();
    away(bench);
    const answer = await askReasons(partsOf(bench), 'op');
    expect(answer).toMatchObject({ report: { total: 120, freshness: { kind: 'mirror', asOf } } });
    expect(await askReasons(partsOf(bench), 'other')).toMatchObject({ kind: 'trouble' });
  });
});

describe('the history', () => {
  test('holds the steps and what happened, and asks nothing of the platform', async () => {
    await using bench = await setUp();
    await bench.settle();
    const { fleet } = bench.platform;
    fleet.addTask({ operationId: 'op', status: 'processing', tally: { total: 20, wait: 20 } });
    for (let round = 0; round < 4; round += 1) {
      await bench.nextCycle();
      fleet.finishDevices('op', { success: 2 });
    }
    fleet.setStatus('op', 'failed');
    await bench.nextCycle();
    bench.platform.clearCalls();
    const history = await askHistory(partsOf(bench), 'op');
    expect(history.snapshots.map(({ tally }) => tally.succeeded)).toEqual([0, 2, 4, 6, 8]);
    expect(history).toMatchObject({ task: { status: 'failed' } });
    const kinds = [...history.changes.first, ...history.changes.last].map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['created', 'started', 'failed']));
    expect(bench.platform.calls).toEqual([]);
  });

  test('of many changes holds the first and the last', async () => {
    await using bench = await setUp();
    await bench.settle();
    const { fleet } = bench.platform;
    fleet.addTask({ operationId: 'op', status: 'processing' });
    for (let round = 0; round < 10; round += 1) {
      await bench.nextCycle();
      fleet.setStatus('op', round % 2 === 0 ? 'failed' : 'processing');
    }
    await bench.nextCycle();
    const { first, last, between } = (await askHistory(partsOf(bench), 'op')).changes;
    expect([first.length, last.length]).toEqual([6, 6]);
    expect(between).toBeGreaterThanOrEqual(0);
    expect(first[0]?.kind).toBe('created');
    expect(last.at(-1)?.kind).toBe('recovered');
  });

  test('of a task never seen is empty', async () => {
    await using bench = await setUp();
    expect(await askHistory(partsOf(bench), 'op')).toMatchObject({
      task: null,
      snapshots: [],
      firstSeenAt: null,
    });
  });
});
