import { describe, expect, test } from '@jest/globals';
import { askDevice } from '../../src/ask/ask-device.ts';
import { askDevices } from '../../src/ask/ask-devices.ts';
import type { DeviceDetail } from '../../src/core/question/answer.ts';
import { type Bench, HOUR, START, setUp } from '../watch/bench.ts';

const DEVICE = 'meter-1';
const GROUP = { deviceGroups: ['north'], deviceType: 'Meter', model: 'M1', manufacturerName: 'ExampleCo' };

const look = (bench: Bench) =>
  askDevice(
    {
      platform: bench.client,
      db: bench.store.db,
      now: bench.clock.now,
      person: null,
    },
    DEVICE,
  );
const outcomes = (detail: DeviceDetail) =>
  detail.tasks.map(({ task, outcome }) => [task.operationId, outcome.kind] as const);
const resultCalls = (bench: Bench) => bench.platform.callsOf('listDeviceResults').length;

describe('a device that is looked up', () => {
  test('shows every task aimed at it, newest first, with what each did to it', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addDevice({ deviceId: DEVICE });
    const targets = { devices: [DEVICE, 'meter-2'] };
    fleet.addTask({
      operationId: 'old',
      createTime: START - HOUR,
      status: 'failed',
      targets,
      tally: { total: 2, fail: 2 },
      reasons: ['Invalid URI'],
    });
    fleet.addTask({
      operationId: 'new',
      createTime: START,
      status: 'success',
      targets,
      tally: { total: 2, success: 2 },
    });
    const detail = await look(bench);
    expect(outcomes(detail)).toEqual([
      ['new', 'not-failed'],
      ['old', 'read'],
    ]);
    expect(detail.tasks[1]?.outcome).toMatchObject({
      result: { deviceId: DEVICE, status: 'failed', detailInfo: 'Invalid URI' },
    });
    expect(detail).toMatchObject({ total: 2, known: true, trouble: null, freshness: { kind: 'live' } });
  });

  test('is found in the index the second time, without asking for results again', async () => {
    await using bench = await setUp();
    bench.platform.fleet.addTask({
      status: 'failed',
      targets: { devices: [DEVICE] },
      tally: { total: 1, fail: 1 },
    });
    await look(bench);
    const before = resultCalls(bench);
    expect(before).toBe(1);
    await look(bench);
    expect(resultCalls(bench)).toBe(before);
  });

  test('keeps the task of a group that the platform does not list by device', async () => {
    await using bench = await setUp({ behaviour: { deviceFilterFindsGroups: false } });
    const { fleet } = bench.platform;
    fleet.addDevice({ deviceId: DEVICE, groups: ['north'] });
    fleet.addTask({ operationId: 'op-1', status: 'failed', targets: GROUP, tally: { total: 1, fail: 1 } });
    await bench.cycle();
    expect(outcomes(await look(bench))).toEqual([]);
    await bench.indexFailures(5);
    expect(outcomes(await look(bench))).toEqual([['op-1', 'read']]);
  });

  test('spends five calls on results at the most, and says what it has not read', async () => {
    await using bench = await setUp();
    for (let number = 0; number < 9; number += 1) {
      bench.platform.fleet.addTask({
        status: 'failed',
        targets: { devices: [DEVICE] },
        tally: { total: 1, fail: 1 },
      });
    }
    const detail = await look(bench);
    expect(resultCalls(bench)).toBe(5);
    expect(detail.tasks.filter(({ outcome }) => outcome.kind === 'read')).toHaveLength(5);
    expect(detail.tasks.filter(({ outcome }) => outcome.kind === 'not-read')).toHaveLength(4);
  });

  test('of a running task is looked at again, since its result may have moved', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addTask({
      operationId: 'op-1',
      status: 'processing',
      targets: { devices: [DEVICE] },
      tally: { total: 1, processing: 1 },
    });
    expect((await look(bench)).tasks[0]?.outcome).toMatchObject({ kind: 'not-read' });
    fleet.finishDevices('op-1', { fail: 1 }, { settle: false });
    expect((await look(bench)).tasks[0]?.outcome).toMatchObject({
      kind: 'read',
      result: { status: 'failed' },
    });
  });

  test('is not taken for spared by a task that failed after its failures were read', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    const task = { operationId: 'op-1', status: 'processing', targets: { devices: [DEVICE, 'meter-2'] } };
    fleet.addTask({ ...task, tally: { total: 2, processing: 2 } });
    await bench.cycle();
    const parts = {
      platform: bench.client,
      db: bench.store.db,
      now: bench.clock.now,
      person: null,
    };
    await askDevices(parts, { operationId: 'op-1', filter: 'failed', page: 1, size: 15 });
    fleet.finishDevices('op-1', { fail: 2 });
    const failed = { kind: 'read', result: { status: 'failed' } };
    // The platform says so before the mirror has seen it.
    expect((await look(bench)).tasks[0]?.outcome).toMatchObject(failed);
    await bench.nextCycle();
    expect((await look(bench)).tasks[0]?.outcome).toMatchObject(failed);
  });

  test('is not shown as it was while an ended task ran', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    const tally = { total: 1, processing: 1 };
    fleet.addTask({ operationId: 'op-1', status: 'processing', targets: { devices: [DEVICE] }, tally });
    await bench.cycle();
    await look(bench);
    fleet.finishDevices('op-1', { success: 1 });
    await bench.nextCycle();
    expect((await look(bench)).tasks[0]?.outcome).toEqual({ kind: 'not-failed' });
  });

  test('is found among a hundred failed devices where the platform says that no page follows', async () => {
    await using bench = await setUp({ behaviour: { beyondTheEnd: 'error' } });
    const { fleet } = bench.platform;
    fleet.addDevice({ deviceId: DEVICE, groups: ['north'] });
    const tally = { total: 150, fail: 100, success: 50 };
    fleet.addTask({ operationId: 'large', status: 'failed', targets: GROUP, tally });
    const targets = { devices: [DEVICE] };
    fleet.addTask({
      operationId: 'small',
      status: 'failed',
      createTime: START - HOUR,
      targets,
      tally: { total: 1, fail: 1 },
    });
    const detail = await look(bench);
    expect(detail.tasks.map(({ outcome }) => outcome.kind)).not.toContain('not-read');
  });

  test('that the platform does not know is said to be unknown, with its tasks', async () => {
    await using bench = await setUp();
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'wait', targets: { devices: [DEVICE] } });
    const detail = await look(bench);
    expect(detail).toMatchObject({ device: null, known: false });
    expect(detail.tasks).toHaveLength(1);
  });

  test('is answered from the mirror while the platform is away', async () => {
    await using bench = await setUp();
    bench.platform.fleet.addTask({
      operationId: 'op-1',
      status: 'failed',
      targets: { devices: [DEVICE] },
      tally: { total: 1, fail: 1 },
    });
    await bench.cycle();
    bench.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    const detail = await look(bench);
    expect(outcomes(detail)).toEqual([['op-1', 'not-read']]);
    expect(detail.freshness).toMatchObject({ kind: 'mirror', asOf: START });
    expect(detail.trouble).not.toBeNull();
  });
});
