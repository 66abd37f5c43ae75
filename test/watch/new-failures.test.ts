import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readResultsOfTask } from '../../src/store/results-of-task.ts';
import { readNewFailures } from '../../src/watch/read-new-failures.ts';
import { type Bench, setUp } from './bench.ts';

const stopping = () => new AbortController().signal;

async function read(bench: Bench, calls: number, signal = stopping()): Promise<number> {
  const report = await bench.nextCycle();
  return await readNewFailures({ ...bench.parts, log: pino({ level: 'silent' }) }, report, calls, signal);
}

/** Failed devices known of a task. */
async function known(bench: Bench, operationId: string): Promise<number> {
  const { total } = await readResultsOfTask(bench.store.db, operationId, {
    status: 'fail',
    offset: 0,
    limit: 1,
  });
  return total;
}

const asked = ({ platform }: Bench) => platform.callsOf('listDeviceResults').length;

describe('the failed devices of a new failure', () => {
  test('are read before it is told, and its message is looked at anew', async () => {
    await using bench = await setUp();
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 40, processing: 40 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { success: 10, fail: 30 });
    expect(await read(bench, 2)).toBe(1);
    expect(await known(bench, 'op-0')).toBe(30);
    const messages = await bench.store.db.selectFrom('message').selectAll().execute();
    expect(messages).toMatchObject([{ wanted_version: 1, ts: null }]);
  });

  test('are read of those that begin to fail as well, and of nothing else', async () => {
    await using bench = await setUp();
    bench.addMany(2, { operationId: 'op', status: 'processing', tally: { total: 40, processing: 40 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { success: 10, fail: 10 });
    bench.platform.fleet.finishDevices('op-1', { success: 40 });
    expect(await read(bench, 9)).toBe(1);
    expect([await known(bench, 'op-0'), await known(bench, 'op-1')]).toEqual([10, 0]);
  });

  test('are not read again while nothing new fails', async () => {
    await using bench = await setUp();
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 40, processing: 40 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { success: 10, fail: 10 });
    await read(bench, 2);
    bench.platform.fleet.finishDevices('op-0', { fail: 5 });
    expect(await read(bench, 2)).toBe(0);
    expect(asked(bench)).toBe(1);
  });

  test.each([
    [2, 2],
    [0, 0],
    [-3, 0],
  ])('of many are read with the calls there are: %i', async (calls, made) => {
    await using bench = await setUp();
    bench.addMany(5, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (let task = 0; task < 5; task += 1) bench.platform.fleet.finishDevices(`op-${task}`, { fail: 2 });
    expect(await read(bench, calls)).toBe(made);
    expect(asked(bench)).toBe(made);
  });

  test('that do not come in time are gone without', async () => {
    await using bench = await setUp({ timeoutMs: 60_000 });
    bench.addMany(2, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (const id of ['op-0', 'op-1']) bench.platform.fleet.finishDevices(id, { fail: 2 });
    bench.platform.faults.add({ kind: 'hang' }, { call: 'listDeviceResults', times: 'until-cleared' });
    // The call itself would wait a minute, which is beyond the limit of a test.
    expect(await read(bench, 2)).toBe(1);
  });

  test('of one task that cannot be read keep no other from being read', async () => {
    await using bench = await setUp();
    bench.addMany(2, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (const id of ['op-0', 'op-1']) bench.platform.fleet.finishDevices(id, { fail: 2 });
    bench.platform.faults.add({ kind: 'cut-json' }, { call: 'listDeviceResults' });
    expect(await read(bench, 2)).toBe(2);
    expect((await known(bench, 'op-0')) + (await known(bench, 'op-1'))).toBe(2);
  });

  test('are not read by a bot that stops', async () => {
    await using bench = await setUp();
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { fail: 2 });
    expect(await read(bench, 2, AbortSignal.abort())).toBe(0);
    expect(asked(bench)).toBe(0);
  });

  test('wait for the budget no moment', async () => {
    await using bench = await setUp({ callsPerMinute: 22 });
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.cycle();
    bench.platform.fleet.finishDevices('op-0', { fail: 2 });
    const report = await bench.cycle();
    const before = bench.clock.now();
    await readNewFailures({ ...bench.parts, log: pino({ level: 'silent' }) }, report, 2, stopping());
    expect(bench.clock.now()).toBe(before);
  });
});
