import { describe, expect, test } from '@jest/globals';
import { client, OPERATIONS, platformWith } from './http-client.ts';

async function withTask() {
  const platform = await platformWith();
  const { operationId } = platform.fleet.addTask({
    status: 'processing',
    targets: { devices: ['d1', 'd2', 'd3', 'd4', 'd5', 'd6'] },
    tally: { success: 2, fail: 1, timeout: 1, processing: 1, wait: 1 },
    reasons: ['Task Conflict'],
  });
  const caller = await client(platform);
  const rows = (query: Record<string, string | number> = {}) =>
    caller.get(`${OPERATIONS}/${operationId}/subOperations`, query);
  return { platform, operationId, rows };
}

describe('device results', () => {
  test('one per device, in step with the counters', async () => {
    const { rows, operationId } = await withTask();
    const { json } = await rows({ pageNo: 0, pageSize: 100 });
    expect(json.totalCount).toBe(6);
    expect(json.data?.map((row) => row.deviceId)).toEqual(['d1', 'd2', 'd3', 'd4', 'd5', 'd6']);
    expect(json.data?.map((row) => row.status).sort()).toEqual(
      ['success', 'success', 'fail', 'fail', 'processing', 'wait'].sort(),
    );
    expect(json.data?.find((row) => String(row.status) === 'fail')).toEqual({
      subOperationId: expect.stringContaining(operationId),
      createTime: expect.stringMatching(/^\d{8}T\d{6}Z$/),
      startTime: expect.stringMatching(/Z$/),
      stopTime: expect.stringMatching(/Z$/),
      operateType: 'firmware_upgrade',
      deviceId: expect.any(String),
      status: 'fail',
      detailInfo: 'Task Conflict',
      extendInfo: {},
    });
  });

  test('the filter says fail; failed finds nothing', async () => {
    const { rows } = await withTask();
    expect((await rows({ subOperationStatus: 'fail' })).json.totalCount).toBe(2);
    expect((await rows({ subOperationStatus: 'failed' })).json.totalCount).toBe(0);
    expect((await rows({ subOperationStatus: 'success', pageNo: 1, pageSize: 1 })).json).toMatchObject({
      totalCount: 2,
      data: { length: 1 },
    });
  });

  test('paging follows the rules of the task list', async () => {
    const { rows, platform } = await withTask();
    expect((await rows({ pageSize: 101 })).json.error_code).toBe('123029');
    platform.behaviour.withoutPageNo = 'everything';
    expect((await rows({ pageSize: 2 })).json.data).toHaveLength(6);
  });

  test('of a task nobody knows: 404 123009', async () => {
    const caller = await client(await platformWith());
    const { status, json } = await caller.get(`${OPERATIONS}/op-none/subOperations`);
    expect([status, json.error_code]).toEqual([404, '123009']);
  });

  test('members of the group come first, then invented devices', async () => {
    const platform = await platformWith();
    platform.fleet.addDevice({ deviceId: 'd1', groups: ['meters-north'] });
    const { operationId } = platform.fleet.addTask({ tally: { total: 2 } });
    const ids = platform.fleet.deviceResults(operationId).map((row) => row.deviceId);
    expect(ids).toEqual(['d1', `${operationId}-device-2`]);
  });

  test('rows follow the counters when these are changed alone, and can be made odd', async () => {
    const { rows, platform, operationId } = await withTask();
    await rows();
    platform.fleet.change(operationId, { tally: { wait: 0, processing: 0, stop: 2 } });
    expect((await rows({ subOperationStatus: 'stop' })).json.totalCount).toBe(2);
    platform.fleet.rawDeviceResults(operationId, { status: 'melted', detailInfo: '<@U1>' });
    expect((await rows()).json.data?.[0]).toMatchObject({ status: 'melted', detailInfo: '<@U1>' });
  });
});
