import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { task } from './samples.ts';
import { newestTokenOnly, setUp } from './set-up.ts';

const options = { priority: 'interactive' as const, person: null };

async function list(answer: unknown, query = { pageNo: 0, pageSize: 10 }) {
  await using bench = await setUp(newestTokenOnly(() => ({ json: answer })).script);
  return { page: await bench.platform.listTasks(query, options), unreadable: bench.unreadable };
}

describe('a page of tasks', () => {
  test.each([
    ['totalCount', { totalCount: 37 }, 37],
    ['totalSize', { totalSize: 37 }, 37],
    ['a total as text', { totalCount: '37' }, 37],
    ['totalSize beside an empty totalCount', { totalCount: null, totalSize: 37 }, 37],
    ['no total at all', {}, null],
    ['a total that is none', { totalCount: 'many' }, null],
  ])('%s', async (_name, total, expected) => {
    const { page } = await list({ data: [task()], pageNo: 0, pageSize: 10, ...total });
    expect(page.total).toBe(expected);
    expect(page.items).toHaveLength(1);
  });

  test('rows without an id are left out and named, the others stay; all are counted as received', async () => {
    const rows = [task(), task({ operationId: null }), 'no row', null, task({ operationId: 'op-2' })];
    const { page, unreadable } = await list({ data: rows, totalCount: 37 });
    expect(page.items.map((item) => item.operationId)).toEqual(['op-7f3c21a0', 'op-2']);
    expect(page.received).toBe(5);
    expect(page.unreadable).toHaveLength(3);
    expect(page.unreadable[0]).toBe('Row 2 of page 1 of the task list has no usable id.');
    expect(unreadable).toEqual(page.unreadable);
  });

  test.each([
    ['the only page', 3, { pageNo: 0, pageSize: 10 }, 2, 3],
    ['none at all', 3, { pageNo: 0, pageSize: 10 }, 0, 3],
    ['a later page', 3, { pageNo: 2, pageSize: 10 }, 20, 23],
    ['a full page, behind which there may be more', 10, { pageNo: 0, pageSize: 10 }, 9, null],
  ])('a total smaller than its rows is corrected: %s', async (_case, rows, asked, totalCount, total) => {
    const data = Array.from({ length: rows }, (_, n) => task({ operationId: `op-${n}` }));
    const { page, unreadable } = await list({ data, totalCount }, asked);
    expect(page.items).toHaveLength(rows);
    expect(page.total).toBe(total);
    expect(unreadable).toEqual(['task list: the total is smaller than the number of rows']);
  });

  test('a total that is as large as its rows, or beyond the end of the list, stays', async () => {
    const full = Array.from({ length: 10 }, (_, n) => task({ operationId: `op-${n}` }));
    expect((await list({ data: full, totalCount: 10 })).page.total).toBe(10);
    expect((await list({ data: [], totalCount: 12 }, { pageNo: 5, pageSize: 10 })).page.total).toBe(12);
  });

  test('what cannot be read of a task is reported with its id', async () => {
    const { page, unreadable } = await list({ data: [task({ createTime: 'yesterday' })] });
    expect(page.items[0]?.unreadable).toEqual(['createTime']);
    expect(unreadable).toEqual(['task op-7f3c21a0: createTime']);
  });

  test('an empty page may come without its list', async () => {
    const { page } = await list({ data: null, pageNo: 4, totalCount: 37 }, { pageNo: 4, pageSize: 10 });
    expect(page).toEqual({ items: [], received: 0, total: 37, unreadable: [] });
  });

  test.each([
    ['an announced row is missing', { data: null, totalCount: 37 }],
    ['nothing of a page is there', { hello: 'world' }],
    ['an empty object', {}],
    ['the list is no list', { data: { operationId: 'op-1' }, totalCount: 1 }],
  ])('%s: an error, not an empty list', async (_name, answer) => {
    await expect(list(answer)).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  test('more rows than were asked for are an error, before any of them is looked at', async () => {
    const data = Array.from({ length: 60_000 }, () => ({ operationId: 'op-1' }));
    await expect(list({ data, totalCount: 60_000 }, { pageNo: 0, pageSize: 100 })).rejects.toMatchObject({
      code: 'unreadable-answer',
      message: expect.stringContaining('more rows than were asked for'),
    });
  });

  test.each(['gzip', 'identity'] as const)(
    'an answer of 64 MB is given up long before its end, however it is sent: %s',
    async (encoding) => {
      const plain = Buffer.alloc(64 * 1024 * 1024, ' ');
      const bytes = encoding === 'gzip' ? gzipSync(plain) : plain;
      const headers = { 'content-encoding': encoding };
      await using bench = await setUp(newestTokenOnly(() => ({ bytes, headers })).script);
      const before = process.memoryUsage().arrayBuffers;
      await expect(bench.platform.listTasks({ pageNo: 0, pageSize: 10 }, options)).rejects.toMatchObject({
        code: 'unreadable-answer',
        message: expect.stringContaining('far too large'),
      });
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    },
  );

  test('members of megabytes are unknown and reported; the task stays', async () => {
    const long = 'x'.repeat(1_000_000);
    const extendPara = { version: { notes: [long] } };
    const { page, unreadable } = await list({ data: [task({ extendPara, targets: { model: long } })] });
    expect(page.items[0]).toMatchObject({ extendPara: {}, targets: { model: null } });
    expect(page.items[0]?.unreadable.toSorted()).toEqual(['extendPara', 'targets.model']);
    expect(unreadable).toHaveLength(1);
  });

  test('a page of 100 tasks with 256 devices each is read', async () => {
    const devices = Array.from({ length: 256 }, (_, index) => `9d1f6f0e-0000-4000-8000-${index}`);
    const data = Array.from({ length: 100 }, (_, index) =>
      task({ operationId: `op-${index}`, targets: { devices } }),
    );
    const { page } = await list({ data, totalCount: 100 }, { pageNo: 0, pageSize: 100 });
    expect(page.items).toHaveLength(100);
    expect(page.items[99]?.targets.devices).toHaveLength(256);
  });
});

describe('device results', () => {
  test('are read like tasks; a row without a device is left out', async () => {
    const row = {
      subOperationId: 'sub-01',
      createTime: '20240311T060502Z',
      startTime: '20240311T060700Z',
      stopTime: 'soon',
      operateType: 'firmware_upgrade',
      deviceId: 'd-1',
      status: 'fail',
      detailInfo: 'Waiting for device downloaded package timeout',
      extendInfo: { a: [1] },
    };
    await using bench = await setUp(
      newestTokenOnly(() => ({ json: { data: [row, { status: 'fail' }], totalCount: 2 } })).script,
    );
    const page = await bench.platform.listDeviceResults('op-1', { pageNo: 0, pageSize: 10 }, options);
    expect(page.items).toEqual([
      {
        subOperationId: 'sub-01',
        deviceId: 'd-1',
        status: 'failed',
        statusWord: 'fail',
        createTime: Date.UTC(2024, 2, 11, 6, 5, 2),
        startTime: Date.UTC(2024, 2, 11, 6, 7, 0),
        stopTime: null,
        detailInfo: 'Waiting for device downloaded package timeout',
        extendInfo: { a: [1] },
      },
    ]);
    expect(page.received).toBe(2);
    expect(bench.unreadable).toEqual([
      'result of device d-1: stopTime',
      'Row 2 of page 1 of the device results of task op-1 has no usable id.',
    ]);
  });
});

describe('a device', () => {
  async function device(answer: unknown) {
    await using bench = await setUp(newestTokenOnly(() => ({ json: answer })).script);
    return { device: await bench.platform.getDevice('d-1', options), unreadable: bench.unreadable };
  }

  test('new, with almost every member null', async () => {
    const read = await device({
      deviceId: 'd-1',
      gatewayId: 'd-1',
      nodeType: 'GATEWAY',
      createTime: '20240301T000000Z',
      deviceInfo: {
        nodeId: '867000000000001',
        name: null,
        status: 'OFFLINE',
        statusDetail: 'NOT_ACTIVE',
        isHD: null,
      },
      services: null,
    });
    expect(read.device).toMatchObject({
      deviceId: 'd-1',
      nodeType: 'GATEWAY',
      createTime: Date.UTC(2024, 2, 1),
      nodeId: '867000000000001',
      name: null,
      status: 'OFFLINE',
      lastReportTime: null,
      batteryLevel: null,
    });
    expect(read.unreadable).toEqual([]);
  });

  test('in use: its newest event is its last report, numbers are text', async () => {
    const read = await device({
      deviceId: 'd-1',
      deviceInfo: { batteryLevel: 87, signalStrength: '-70', name: 'Pump 3' },
      services: [
        { serviceId: 'a', eventTime: '20240311T060000Z' },
        { serviceId: 'b', eventTime: '20240311T061701Z' },
        { serviceId: 'c', eventTime: 'never' },
        'no service',
      ],
    });
    expect(read.device).toMatchObject({
      batteryLevel: '87',
      signalStrength: '-70',
      name: 'Pump 3',
      lastReportTime: Date.UTC(2024, 2, 11, 6, 17, 1),
    });
    expect(read.unreadable).toEqual(['device d-1: services[2].eventTime']);
  });

  test('without an id is no device', async () => {
    await expect(device({ deviceInfo: {} })).rejects.toMatchObject({ code: 'unreadable-answer' });
  });
});
