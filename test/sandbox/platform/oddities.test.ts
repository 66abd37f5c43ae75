import { describe, expect, test } from '@jest/globals';
import { createSimulatedClock, type SimulatedPlatform } from '../../../sandbox/platform/index.ts';
import { client, OPERATIONS, platformWith } from './http-client.ts';

const START = Date.UTC(2024, 2, 11, 16, 5, 2);

async function withTask() {
  const platform = await platformWith({ clock: createSimulatedClock(START) });
  const { operationId } = platform.fleet.addTask({ policy: { retryType: true, retryTimes: 3 } });
  const caller = await client(platform);
  const look = async () => (await caller.get(`${OPERATIONS}/${operationId}`)).json;
  return { platform, operationId, look, caller };
}

describe('a task as documented', () => {
  test('has every member, nulls included, and times in compact UTC', async () => {
    const { look, operationId } = await withTask();
    expect(await look()).toEqual({
      operationId,
      createTime: '20240311T160502Z',
      startTime: null,
      stopTime: null,
      operateType: 'firmware_upgrade',
      targets: {
        deviceGroups: ['meters-north'],
        deviceType: 'WaterMeter',
        model: 'WM20',
        manufacturerName: 'ExampleCo',
        devices: null,
      },
      policy: { executeType: 'now', startTime: null, endTime: null, retryType: true, retryTimes: 3 },
      status: 'wait',
      staResult: { total: 10, wait: 10, processing: 0, success: 0, fail: 0, stop: 0, timeout: 0 },
      extendPara: {},
    });
    expect(operationId).toMatch(/^op-[0-9a-f]{8}$/);
  });

  test('the same seed gives the same ids', async () => {
    const ids = (platform: SimulatedPlatform) => [1, 2, 3].map(() => platform.fleet.addTask().operationId);
    const [a, b, c] = await Promise.all([7, 7, 8].map((seed) => platformWith({ seed })));
    if (a === undefined || b === undefined || c === undefined) throw new Error('Three were started.');
    const first = ids(a);
    expect(ids(b)).toEqual(first);
    expect(ids(c)).not.toEqual(first);
  });
});

describe('oddities for the whole platform', () => {
  test('absent values are left out instead of null', async () => {
    const { platform, look } = await withTask();
    platform.behaviour.nullsAs = 'missing';
    const task = await look();
    expect(Object.keys(task)).not.toContain('startTime');
    expect(Object.keys(task.targets ?? {})).not.toContain('devices');
  });

  test('retryType and counters come as strings', async () => {
    const { platform, look } = await withTask();
    Object.assign(platform.behaviour, { retryTypeAs: 'string', countersAs: 'string' });
    expect(await look()).toMatchObject({
      policy: { retryType: 'true' },
      staResult: { total: '10', fail: '0' },
    });
  });

  test('times come in local time without a zone, or as garbage', async () => {
    const { platform, look } = await withTask();
    platform.behaviour.timesAs = 'local';
    expect((await look()).createTime).toBe('2024-03-12 00:05:02');
    platform.behaviour.timesAs = 'garbage';
    expect((await look()).createTime).toMatch(/not a time/);
  });
});

describe('oddities of one task', () => {
  test('members are overridden, added and removed on the wire; the fleet itself stays as it is', async () => {
    const { platform, look, operationId, caller } = await withTask();
    platform.fleet.raw(operationId, {
      status: 'partly_done',
      operateType: 'rocket_upgrade',
      createTime: 'yesterday',
      targets: { deviceGroups: ['<!channel> *bold*'], devices: undefined },
      staResult: { fail: null, total: '12 or so' },
      policy: undefined,
      newMember: { any: ['thing'] },
    });
    platform.fleet.raw(operationId, { extendPara: { a: { b: 1 } } });
    const task = await look();
    expect(task).toMatchObject({
      status: 'partly_done',
      operateType: 'rocket_upgrade',
      createTime: 'yesterday',
      targets: { deviceGroups: ['<!channel> *bold*'], model: 'WM20' },
      staResult: { fail: null, total: '12 or so', wait: 10 },
      newMember: { any: ['thing'] },
      extendPara: { a: { b: 1 } },
    });
    expect(Object.keys(task)).not.toContain('policy');
    expect(Object.keys(task.targets ?? {})).not.toContain('devices');
    expect(await caller.ids({ operationStatus: 'wait' })).toEqual([operationId]);
    platform.fleet.clearRaw(operationId);
    expect((await look()).status).toBe('wait');
  });

  test('a row of the list is no task at all', async () => {
    const { platform, operationId, caller } = await withTask();
    platform.fleet.rawWhole(operationId, null);
    expect((await caller.list()).json.data).toEqual([null]);
  });

  test('unknown words are kept by the filter as well', async () => {
    const { platform, operationId, caller } = await withTask();
    platform.fleet.setStatus(operationId, 'paused');
    expect(await caller.ids({ operationStatus: 'paused' })).toEqual([operationId]);
  });

  test('targets are empty, extendPara is null or missing', async () => {
    const { platform, look, operationId } = await withTask();
    platform.fleet.change(operationId, { extendPara: null });
    platform.fleet.raw(operationId, { targets: null });
    expect(await look()).toMatchObject({ targets: null, extendPara: null });
    platform.fleet.raw(operationId, { targets: {}, extendPara: undefined });
    const task = await look();
    expect(task.targets).toEqual({});
    expect(Object.keys(task)).not.toContain('extendPara');
  });
});
