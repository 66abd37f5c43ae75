import { describe, expect, test } from '@jest/globals';
import { readResultsOfDevice } from '../../src/store/task/device-results.ts';
import { setUp } from './bench.ts';

describe('the index of failed devices', () => {
  test('reads the failures of ended tasks page by page, and then leaves them alone', async () => {
    await using bench = await setUp();
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'failed', tally: { total: 250, fail: 250 } });
    await bench.cycle();
    await bench.indexFailures(2);
    await bench.indexFailures(2);
    await bench.indexFailures(2);
    const calls = bench.platform.callsOf('listDeviceResults');
    expect(calls.map(({ query }) => [query.subOperationStatus, query.pageNo])).toEqual([
      ['fail', '0'],
      ['fail', '1'],
      ['fail', '2'],
    ]);
    expect(await readResultsOfDevice(bench.store.db, 'op-1-device-250')).toHaveProperty('size', 1);
  });

  test('reads them again after a retry that failed anew', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    const policy = { retryType: true, retryTimes: 2 };
    fleet.addTask({ operationId: 'op-1', status: 'failed', policy, tally: { total: 2, fail: 2 } });
    await bench.cycle();
    await bench.indexFailures(2);
    fleet.retryTask('op-1');
    await bench.nextCycle();
    await bench.indexFailures(2);
    expect(bench.platform.callsOf('listDeviceResults')).toHaveLength(1);
    fleet.finishDevices('op-1', { fail: 2 });
    await bench.nextCycle();
    await bench.indexFailures(2);
    expect(bench.platform.callsOf('listDeviceResults')).toHaveLength(2);
  });

  test('passes over a task whose id cannot be asked for', async () => {
    await using bench = await setUp();
    const tally = { total: 1, fail: 1 };
    bench.platform.fleet.addTask({ operationId: 'readable', status: 'failed', tally });
    await bench.cycle();
    bench.platform.fleet.addTask({ operationId: 'not/askable', status: 'failed', tally });
    await bench.nextCycle();
    await bench.indexFailures(2);
    expect(await readResultsOfDevice(bench.store.db, 'readable-device-1')).toHaveProperty('size', 1);
  });

  test('passes over a task that vanished, and waits while the platform is away', async () => {
    await using bench = await setUp();
    const { fleet, faults } = bench.platform;
    fleet.addTask({ operationId: 'op-1', status: 'failed', tally: { total: 1, fail: 1 } });
    await bench.cycle();
    const away = faults.add({ kind: 'html' }, { call: 'listDeviceResults', times: 'until-cleared' });
    await bench.indexFailures(2);
    away.clear();
    fleet.removeTask('op-1');
    await bench.indexFailures(2);
    const calls = bench.platform.callsOf('listDeviceResults').length;
    await bench.indexFailures(2);
    expect(bench.platform.callsOf('listDeviceResults')).toHaveLength(calls);
  });
});
