import { describe, expect, test } from '@jest/globals';
import { createSimulatedClock, type NewTask, spreadCourses } from '../../../sandbox/platform/index.ts';
import { client, OPERATIONS, platformWith } from './http-client.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2024, 2, 11, 6, 5, 2);

/** A platform with one task, and a way to see it as a client does. */
async function watching(task: NewTask) {
  const platform = await platformWith({
    clock: createSimulatedClock(START),
    behaviour: { callsPerMinute: null },
  });
  const { operationId } = platform.fleet.addTask(task);
  const caller = await client(platform);
  const look = async () => (await caller.get(`${OPERATIONS}/${operationId}`)).json;
  const later = async (ms: number) => {
    platform.clock.advance(ms);
    return look();
  };
  const results = async () => (await caller.get(`${OPERATIONS}/${operationId}/subOperations`)).json.data;
  return { platform, fleet: platform.fleet, operationId, look, later, results };
}

describe('a plan', () => {
  test('takes the task from wait over processing to success, device by device', async () => {
    const { look, later } = await watching({
      plan: {
        startsAfter: 5 * MINUTE,
        devices: spreadCourses({ devices: 4, firstEndsAfter: 10 * MINUTE, lastEndsAfter: 40 * MINUTE }),
      },
    });
    expect(await look()).toMatchObject({ status: 'wait', startTime: null, staResult: { total: 4, wait: 4 } });
    expect(await later(5 * MINUTE)).toMatchObject({ status: 'processing', startTime: '20240311T061002Z' });
    expect((await later(10 * MINUTE)).staResult).toMatchObject({ wait: 2, processing: 1, success: 1 });
    expect(await later(30 * MINUTE)).toMatchObject({
      status: 'success',
      stopTime: '20240311T065002Z',
      staResult: { total: 4, wait: 0, processing: 0, success: 4 },
    });
  });

  test('gives each event its own time, however late it is noticed', async () => {
    const { later, results } = await watching({
      plan: { devices: [{ outcome: 'success', startsAfter: MINUTE, endsAfter: 2 * MINUTE }] },
    });
    expect((await later(48 * HOUR)).stopTime).toBe('20240311T060702Z');
    expect(await results()).toMatchObject([{ startTime: '20240311T060602Z', stopTime: '20240311T060702Z' }]);
  });

  test('jumps from wait to success between two looks', async () => {
    const { look, later } = await watching({
      plan: { startsAfter: MINUTE, devices: [{ outcome: 'success', endsAfter: 0 }] },
    });
    expect((await look()).status).toBe('wait');
    expect((await later(MINUTE)).status).toBe('success');
  });

  test('mixed results are failed, or success when so chosen', async () => {
    const plan = spreadCourses({ devices: 10, failShare: 0.2, firstEndsAfter: 1, lastEndsAfter: 2 });
    const strict = await watching({ plan: { devices: plan } });
    expect(await strict.later(HOUR)).toMatchObject({ status: 'failed', staResult: { success: 8, fail: 2 } });
    const lenient = await watching({ plan: { devices: plan } });
    lenient.platform.behaviour.mixedResult = 'success';
    expect((await lenient.later(HOUR)).status).toBe('success');
  });

  test('retries failed devices as often as its policy says, then stays failed', async () => {
    const { later, fleet, operationId } = await watching({
      policy: { retryType: true, retryTimes: 2 },
      plan: {
        retryAfter: HOUR,
        devices: [
          { outcome: 'success', endsAfter: MINUTE },
          { outcome: 'fail', endsAfter: MINUTE, reason: 'Task Conflict' },
        ],
      },
    });
    expect((await later(MINUTE)).status).toBe('failed');
    expect(await later(HOUR)).toMatchObject({
      status: 'processing',
      stopTime: null,
      staResult: { success: 1, fail: 0, processing: 1 },
    });
    expect((await later(MINUTE)).status).toBe('failed');
    expect((await later(HOUR + MINUTE)).status).toBe('failed');
    expect(fleet.task(operationId)?.attempt).toBe(3);
    expect((await later(100 * HOUR)).status).toBe('failed');
    expect(fleet.task(operationId)?.attempt).toBe(3);
  });

  test('recovers when the retry goes better', async () => {
    const { later } = await watching({
      policy: { retryType: true, retryTimes: 1 },
      plan: { devices: [{ outcome: 'timeout', retryOutcomes: ['success'], endsAfter: MINUTE }] },
    });
    expect(await later(MINUTE)).toMatchObject({ status: 'failed', staResult: { fail: 0, timeout: 1 } });
    expect(await later(11 * MINUTE)).toMatchObject({
      status: 'success',
      staResult: { timeout: 0, success: 1 },
    });
  });

  test('stalls where told, and goes on later', async () => {
    const { later } = await watching({
      plan: {
        stalls: [{ after: 15 * MINUTE, for: 6 * HOUR }],
        devices: spreadCourses({ devices: 2, firstEndsAfter: 10 * MINUTE, lastEndsAfter: 20 * MINUTE }),
      },
    });
    const halfway = (await later(10 * MINUTE)).staResult;
    expect(halfway).toMatchObject({ success: 1, processing: 1 });
    expect((await later(6 * HOUR)).staResult).toEqual(halfway);
    expect((await later(10 * MINUTE)).status).toBe('success');
  });

  test('is stopped while it waits and while it runs', async () => {
    const devices = spreadCourses({ devices: 4, firstEndsAfter: HOUR, lastEndsAfter: 4 * HOUR });
    const running = await watching({ plan: { devices, stopsAfter: 2 * HOUR + MINUTE } });
    expect(await running.later(5 * HOUR)).toMatchObject({
      status: 'stop',
      stopTime: '20240311T080602Z',
      staResult: { success: 2, stop: 2, wait: 0, processing: 0 },
    });
    const waiting = await watching({ plan: { startsAfter: 9 * HOUR, devices } });
    waiting.fleet.stopTask(waiting.operationId);
    expect(await waiting.later(24 * HOUR)).toMatchObject({
      status: 'stop',
      startTime: null,
      staResult: { stop: 4 },
    });
  });

  test('a custom task starts with its window, and what is not done at its end times out', async () => {
    const { look, later, results } = await watching({
      policy: { executeType: 'custom', startTime: START + 2 * HOUR, endTime: START + 3 * HOUR },
      plan: { devices: [{ outcome: 'success', endsAfter: 5 * HOUR }] },
    });
    expect((await look()).policy).toMatchObject({
      startTime: '20240311T080502Z',
      endTime: '20240311T090502Z',
    });
    expect((await later(HOUR)).status).toBe('wait');
    expect((await later(HOUR)).status).toBe('processing');
    expect(await later(HOUR)).toMatchObject({ status: 'failed', staResult: { timeout: 1 } });
    expect((await results())?.[0]?.status).toBe('fail');
  });

  test('a device_online task runs for a day while its devices wait', async () => {
    const { later } = await watching({
      policy: { executeType: 'device_online' },
      plan: { devices: [{ outcome: 'success', startsAfter: 24 * HOUR, endsAfter: 25 * HOUR }] },
    });
    expect(await later(23 * HOUR)).toMatchObject({ status: 'processing', staResult: { wait: 1 } });
    expect((await later(2 * HOUR)).status).toBe('success');
  });
});

describe('changes by hand', () => {
  test('finishing devices moves counters and device results together, and ends the task', async () => {
    const { look, fleet, operationId, results } = await watching({ tally: { total: 10 } });
    fleet.finishDevices(operationId, { success: 6, fail: 1, timeout: 1, reason: 'Out of memory' });
    expect(await look()).toMatchObject({
      status: 'processing',
      staResult: { total: 10, wait: 2, processing: 0, success: 6, fail: 1, stop: 0, timeout: 1 },
    });
    expect((await results())?.map((row) => row.status)).toEqual([
      ...Array(6).fill('success'),
      ...['fail', 'fail', 'wait', 'wait'],
    ]);
    expect((await results())?.[6]?.detailInfo).toBe('Out of memory');
    fleet.finishDevices(operationId, { success: 2 });
    expect((await look()).status).toBe('failed');
    expect(() => fleet.finishDevices(operationId, { fail: 1 })).toThrow('only 0 devices left');
  });

  test('the status lags behind the counters, or the counters behind the status', async () => {
    const { look, fleet, operationId } = await watching({ status: 'processing', tally: { total: 2 } });
    fleet.finishDevices(operationId, { success: 2 }, { settle: false });
    expect(await look()).toMatchObject({ status: 'processing', staResult: { success: 2, processing: 0 } });
    fleet.change(operationId, { tally: { success: 0, processing: 2 } });
    fleet.setStatus(operationId, 'success', { counters: 'keep' });
    expect(await look()).toMatchObject({ status: 'success', staResult: { success: 0, processing: 2 } });
  });

  test('counters need not add up', async () => {
    const { look, fleet, operationId, results } = await watching({ tally: { total: 3 } });
    fleet.change(operationId, { tally: { success: 3, fail: 2 } });
    expect((await look()).staResult).toMatchObject({ total: 3, wait: 3, success: 3, fail: 2 });
    expect(await results()).toHaveLength(3);
  });

  test('timeouts are counted beside the failures, or among them', async () => {
    const { look, platform } = await watching({
      status: 'failed',
      tally: { total: 9, success: 4, fail: 3, timeout: 2 },
    });
    expect((await look()).staResult).toMatchObject({ fail: 3, timeout: 2 });
    platform.behaviour.timeoutInsideFail = true;
    expect((await look()).staResult).toMatchObject({ fail: 5, timeout: 2 });
  });

  test('setting a status moves times and the devices not yet done', async () => {
    const { look, fleet, platform, operationId } = await watching({
      policy: { retryType: true, retryTimes: 1 },
    });
    fleet.setStatus(operationId, 'processing');
    expect((await look()).staResult).toMatchObject({ processing: 10 });
    fleet.finishDevices(operationId, { success: 7 });
    platform.clock.advance(MINUTE);
    fleet.setStatus(operationId, 'failed');
    expect(await look()).toMatchObject({ stopTime: '20240311T060602Z', staResult: { success: 7, fail: 3 } });
    fleet.retryTask(operationId);
    expect(await look()).toMatchObject({ status: 'processing', staResult: { success: 7, processing: 3 } });
    fleet.setStatus(operationId, 'failed');
    expect(() => fleet.retryTask(operationId)).toThrow('allows no retry');
  });

  test('members are changed and nothing else', async () => {
    const { look, fleet, operationId } = await watching({});
    fleet.change(operationId, {
      status: 'processing',
      createTime: START - HOUR,
      startTime: START,
      targets: { model: 'WM21' },
      policy: { retryTimes: 4 },
      extendPara: { note: 'x' },
    });
    expect(await look()).toMatchObject({
      status: 'processing',
      createTime: '20240311T050502Z',
      startTime: '20240311T060502Z',
      targets: { model: 'WM21', manufacturerName: 'ExampleCo' },
      policy: { retryTimes: 4, executeType: 'now' },
      staResult: { wait: 10 },
      extendPara: { note: 'x' },
    });
  });

  test('what does not exist cannot be changed, and ids are not given twice', async () => {
    const { fleet, operationId } = await watching({});
    expect(() => fleet.setStatus('op-none', 'stop')).toThrow('No task op-none');
    expect(() => fleet.addTask({ operationId })).toThrow('exists already');
  });
});
