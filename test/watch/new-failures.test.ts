import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readResultsOfTask } from '../../src/store/task/device-results.ts';
import { createNewFailures } from '../../src/watch/read-new-failures.ts';
import { type Bench, MINUTE, setUp } from './bench.ts';

const stopping = () => new AbortController().signal;

/** What reads them after each look of a bench. */
function readerOf(bench: Bench) {
  const newFailures = createNewFailures({ ...bench.parts, log: pino({ level: 'silent' }) });
  return {
    /** A minute passes, a look, and then what is due; returns how many calls that made. */
    next: async (signal = stopping()) => await newFailures.read(await bench.nextCycle(), signal),
  };
}

async function read(bench: Bench, signal = stopping()): Promise<number> {
  return await readerOf(bench).next(signal);
}

/** Failed devices known of a task. */
async function known(bench: Bench, operationId: string): Promise<number> {
  const { total } = await readResultsOfTask(bench.store.db, operationId, {
    status: 'failed',
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
    expect(await read(bench)).toBe(1);
    expect(await known(bench, 'op-0')).toBe(30);
    const messages = await bench.store.db.selectFrom('message').selectAll().execute();
    expect(messages).toMatchObject([{ wanted_version: 1, ts: null }]);
  });

  test('hold back what is posted about it until they are there, in every process', async () => {
    await using bench = await setUp();
    bench.addMany(5, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (let task = 0; task < 5; task += 1) bench.platform.fleet.finishDevices(`op-${task}`, { fail: 2 });
    const report = await bench.nextCycle();
    const due = async () => {
      const notifications = await bench.store.db
        .selectFrom('notification')
        .select(['operation_id', 'due_at'])
        .execute();
      return notifications.flatMap(({ operation_id, due_at }) =>
        due_at > bench.clock.now() ? [operation_id] : [],
      );
    };
    // As many as will be read after this look; the others get theirs later, and are told at once.
    expect(await due()).toHaveLength(3);
    const newFailures = createNewFailures({ ...bench.parts, log: pino({ level: 'silent' }) });
    bench.platform.faults.add({ kind: 'cut-json' }, { call: 'listDeviceResults' });
    await newFailures.read(report, stopping());
    expect(await due()).toEqual([]);
  });

  test('are read of those that begin to fail as well, and of nothing else', async () => {
    await using bench = await setUp();
    bench.addMany(2, { operationId: 'op', status: 'processing', tally: { total: 40, processing: 40 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { success: 10, fail: 10 });
    bench.platform.fleet.finishDevices('op-1', { success: 40 });
    expect(await read(bench)).toBe(1);
    expect([await known(bench, 'op-0'), await known(bench, 'op-1')]).toEqual([10, 0]);
  });

  test('are not read again while nothing new fails', async () => {
    await using bench = await setUp();
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 40, processing: 40 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { success: 10, fail: 10 });
    await read(bench);
    bench.platform.fleet.finishDevices('op-0', { fail: 5 });
    expect(await read(bench)).toBe(0);
    expect(asked(bench)).toBe(1);
  });

  test('of many are read with the calls that a look left over, and the rest after the next look', async () => {
    await using bench = await setUp();
    bench.addMany(5, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (let task = 0; task < 5; task += 1) bench.platform.fleet.finishDevices(`op-${task}`, { fail: 2 });
    const reader = readerOf(bench);
    expect([await reader.next(), await reader.next(), await reader.next()]).toEqual([3, 2, 0]);
    for (let task = 0; task < 5; task += 1) expect(await known(bench, `op-${task}`)).toBe(2);
  });

  test('are read although polling needs so many calls that no sweep gets any', async () => {
    await using bench = await setUp({ callsPerMinute: 100 });
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    await bench.budget.ledger.reserve({ cycleCalls: 25, cyclesPerMinute: 6, calls: 160, active: 2_000 });
    expect(await bench.budget.ledger.take({ priority: 'sweep' })).toMatchObject({ kind: 'wait' });
    bench.platform.fleet.finishDevices('op-0', { fail: 2 });
    expect(await read(bench)).toBe(1);
    expect(await known(bench, 'op-0')).toBe(2);
  });

  test('that the budget has no room for are read after a later look', async () => {
    await using bench = await setUp({ callsPerMinute: 100 });
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { fail: 2 });
    const report = await bench.nextCycle();
    // All that is neither people's nor needed by polling is gone, before the failed devices are asked for.
    while ((await bench.budget.ledger.take({ priority: 'new-failure' })).kind === 'granted');
    const newFailures = createNewFailures({ ...bench.parts, log: pino({ level: 'silent' }) });
    const before = bench.clock.now();
    expect(await newFailures.read(report, stopping())).toBe(0);
    expect([bench.clock.now(), asked(bench)]).toEqual([before, 0]);
    bench.clock.advance(MINUTE);
    expect(await newFailures.read(await bench.nextCycle(), stopping())).toBe(1);
    expect(await known(bench, 'op-0')).toBe(2);
  });

  test('that do not come in time are gone without, and read after the next look', async () => {
    await using bench = await setUp({ timeoutMs: 60_000 });
    bench.addMany(2, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (const id of ['op-0', 'op-1']) bench.platform.fleet.finishDevices(id, { fail: 2 });
    bench.platform.faults.add({ kind: 'hang' }, { call: 'listDeviceResults', times: 'until-cleared' });
    // The call itself would wait a minute, which is beyond the limit of a test.
    const reader = readerOf(bench);
    expect(await reader.next()).toBe(1);
    bench.platform.faults.clear();
    expect(await reader.next()).toBe(2);
    expect([await known(bench, 'op-0'), await known(bench, 'op-1')]).toEqual([2, 2]);
  });

  test('of one task that cannot be read keep no other from being read', async () => {
    await using bench = await setUp();
    bench.addMany(2, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    for (const id of ['op-0', 'op-1']) bench.platform.fleet.finishDevices(id, { fail: 2 });
    bench.platform.faults.add({ kind: 'cut-json' }, { call: 'listDeviceResults' });
    expect(await read(bench)).toBe(2);
    expect((await known(bench, 'op-0')) + (await known(bench, 'op-1'))).toBe(2);
  });

  test('are not read by a bot that stops', async () => {
    await using bench = await setUp();
    bench.addMany(1, { operationId: 'op', status: 'processing', tally: { total: 2, processing: 2 } });
    await bench.settle();
    bench.platform.fleet.finishDevices('op-0', { fail: 2 });
    expect(await read(bench, AbortSignal.abort())).toBe(0);
    expect(asked(bench)).toBe(0);
  });
});
