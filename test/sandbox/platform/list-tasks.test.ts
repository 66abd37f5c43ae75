import { describe, expect, test } from '@jest/globals';
import type { SimulatedPlatform } from '../../../sandbox/platform/index.ts';
import { client, OPERATIONS, platformWith } from './http-client.ts';

function addTasks(platform: SimulatedPlatform, count: number, status = 'processing') {
  const start = platform.clock.now() - count * 1000;
  for (let n = 0; n < count; n += 1) {
    platform.fleet.addTask({ operationId: `op-${n}`, status, createTime: start + n * 1000 });
  }
}

describe('paging', () => {
  test('newest first, ten at a time, counted from 0, with the total', async () => {
    const platform = await platformWith();
    addTasks(platform, 25);
    const caller = await client(platform);
    const { json } = await caller.list({ pageNo: 2 });
    expect(json).toMatchObject({ pageNo: 2, pageSize: 10, totalCount: 25 });
    expect(json.data?.map((task) => task.operationId)).toEqual(['op-4', 'op-3', 'op-2', 'op-1', 'op-0']);
  });

  test('without pageNo: the first page, or everything unpaged', async () => {
    const platform = await platformWith();
    addTasks(platform, 25);
    const caller = await client(platform);
    expect((await caller.list()).json).toMatchObject({ pageNo: 0, pageSize: 10, data: { length: 10 } });
    platform.behaviour.withoutPageNo = 'everything';
    const all = (await caller.list({ pageSize: 5 })).json;
    expect(all).toMatchObject({ pageNo: null, pageSize: null, totalCount: 25, data: { length: 25 } });
  });

  test.each<Record<string, string | number>>([
    { pageSize: 0 },
    { pageSize: 101 },
    { pageSize: 'ten' },
    { pageNo: -1 },
    { pageNo: 1.5 },
    { pageNo: 8, pageSize: 100 },
  ])('%j is 400 123029', async (query) => {
    const platform = await platformWith({ behaviour: { maxPageNo: 7 } });
    const { status, json } = await (await client(platform)).list(query);
    expect([status, json.error_code]).toEqual([400, '123029']);
  });

  test('beyond the end: an empty page or 400 123029; an empty fleet has a first page either way', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.behaviour.beyondTheEnd = 'error';
    expect((await caller.list({ pageNo: 0 })).json).toMatchObject({ data: [], totalCount: 0 });
    addTasks(platform, 10);
    expect((await caller.list({ pageNo: 1 })).json.error_code).toBe('123029');
    platform.behaviour.beyondTheEnd = 'empty';
    expect((await caller.list({ pageNo: 1 })).json).toMatchObject({ data: [], totalCount: 10 });
  });

  test('the total comes as totalCount, as totalSize, or not at all', async () => {
    const platform = await platformWith({ behaviour: { total: 'totalSize' } });
    addTasks(platform, 3);
    const caller = await client(platform);
    expect(Object.keys((await caller.list()).json)).toEqual(['data', 'pageNo', 'pageSize', 'totalSize']);
    platform.behaviour.total = 'absent';
    expect(Object.keys((await caller.list()).json)).toEqual(['data', 'pageNo', 'pageSize']);
  });

  test('oldest first, and no order at all', async () => {
    const platform = await platformWith({ behaviour: { order: 'oldest' } });
    addTasks(platform, 60);
    const caller = await client(platform);
    const oldest = await caller.ids();
    expect(oldest?.slice(0, 3)).toEqual(['op-0', 'op-1', 'op-2']);
    platform.behaviour.order = 'shuffled';
    const [once, twice] = [await caller.ids(), await caller.ids()];
    expect(once).not.toEqual(twice);
    expect([...(once ?? [])].sort()).toEqual([...(oldest ?? [])].sort());
  });
});

describe('filters', () => {
  test('each of the six, joined by and; unknown ones are ignored', async () => {
    const platform = await platformWith();
    const targets = {
      deviceType: 'Lamp',
      model: 'L 1&2',
      manufacturerName: 'Ümläut AG',
      deviceGroups: ['g'],
    };
    platform.fleet.addTask({ operationId: 'lamp', targets });
    platform.fleet.addTask({ operationId: 'soft', type: 'software_upgrade', status: 'failed' });
    platform.fleet.addTask({ operationId: 'single', targets: { devices: ['d1', 'd2'] } });
    const { ids } = await client(platform).then((caller) => ({ ids: caller.ids.bind(caller) }));
    expect(await ids({ operationType: 'software_upgrade' })).toEqual(['soft']);
    expect(await ids({ operationStatus: 'failed' })).toEqual(['soft']);
    expect(await ids({ operationStatus: 'failed', operationType: 'firmware_upgrade' })).toEqual([]);
    expect(await ids({ deviceType: 'Lamp' })).toEqual(['lamp']);
    expect(await ids({ model: 'L 1&2', manufacturerName: 'Ümläut AG' })).toEqual(['lamp']);
    expect(await ids({ deviceId: 'd2' })).toEqual(['single']);
    expect(await ids({ sort: 'name', since: 'now' })).toHaveLength(3);
    expect(await ids({ operationStatus: 'nonsense' })).toEqual([]);
    expect(await ids({ model: 'L 1' })).toEqual([]);
    platform.behaviour.textMatch = 'contains';
    expect(await ids({ model: 'L 1' })).toEqual(['lamp']);
  });

  test('a value longer than 256 characters is 400 120015', async () => {
    const caller = await client(await platformWith());
    expect((await caller.list({ model: 'x'.repeat(257) })).json.error_code).toBe('120015');
  });

  test('a device finds the tasks aimed at its group, or does not', async () => {
    const platform = await platformWith();
    platform.fleet.addDevice({ deviceId: 'd1', groups: ['north'] });
    platform.fleet.addTask({ operationId: 'group', targets: { deviceGroups: ['north'] } });
    platform.fleet.addTask({ operationId: 'other', targets: { deviceGroups: ['south'] } });
    const plan = { devices: [{ deviceId: 'd1', outcome: 'success', endsAfter: 1 }] } as const;
    platform.fleet.addTask({ operationId: 'planned', targets: { deviceGroups: ['x'] }, plan });
    const caller = await client(platform);
    expect(await caller.ids({ deviceId: 'd1' })).toEqual(['planned', 'group']);
    platform.behaviour.deviceFilterFindsGroups = false;
    expect(await caller.ids({ deviceId: 'd1' })).toEqual([]);
  });

  test('the status is the one of the moment of reading', async () => {
    const platform = await platformWith();
    const { operationId } = platform.fleet.addTask();
    const caller = await client(platform);
    expect(await caller.ids({ operationStatus: 'wait' })).toEqual([operationId]);
    platform.fleet.setStatus(operationId, 'processing');
    expect(await caller.ids({ operationStatus: 'wait' })).toEqual([]);
    expect(await caller.ids({ operationStatus: 'processing' })).toEqual([operationId]);
  });
});

describe('drift while pages are being read', () => {
  test('a task created meanwhile pushes one on to the next page: it is seen twice', async () => {
    const platform = await platformWith();
    addTasks(platform, 20);
    const pages: unknown[] = [];
    platform.behaviour.betweenPages = (page) => {
      pages.push(page);
      platform.behaviour.betweenPages = undefined;
      platform.fleet.addTask({ operationId: 'op-new', status: 'processing' });
    };
    const caller = await client(platform);
    const first = (await caller.list({ pageNo: 0 })).json;
    const second = (await caller.list({ pageNo: 1 })).json;
    expect(first.data?.[9]?.operationId).toBe('op-10');
    expect(second.data?.[0]?.operationId).toBe('op-10');
    expect([first.totalCount, second.totalCount]).toEqual([20, 21]);
    expect(pages).toEqual([{ call: 'listTasks', query: { pageNo: '0' }, pageNo: 0, rows: 10, total: 20 }]);
  });

  test('a task leaving the status filter makes the next page skip one', async () => {
    const platform = await platformWith();
    addTasks(platform, 20);
    platform.behaviour.betweenPages = () => platform.fleet.setStatus('op-19', 'success');
    const caller = await client(platform);
    await caller.list({ operationStatus: 'processing', pageNo: 0 });
    const { json } = await caller.list({ operationStatus: 'processing', pageNo: 1 });
    expect(json.data?.[0]?.operationId).toBe('op-8');
  });

  test('a removed task is 404 123009 afterwards', async () => {
    const platform = await platformWith();
    const { operationId } = platform.fleet.addTask();
    const caller = await client(platform);
    expect((await caller.get(`${OPERATIONS}/${operationId}`)).json.operationId).toBe(operationId);
    platform.fleet.removeTask(operationId);
    expect((await caller.get(`${OPERATIONS}/${operationId}`)).json.error_code).toBe('123009');
    expect((await caller.list()).json.totalCount).toBe(0);
  });
});

describe('size', () => {
  test('100 tasks with 256 devices each come in one page', async () => {
    const platform = await platformWith();
    const devices = Array.from(
      { length: 256 },
      (_, n) => `9d1f6f0e-0000-4000-8000-${String(n).padStart(12, '0')}`,
    );
    for (let n = 0; n < 100; n += 1) platform.fleet.addTask({ targets: { devices } });
    const { text, json } = await (await client(platform)).list({ pageNo: 0, pageSize: 100 });
    expect(text.length).toBeGreaterThan(900_000);
    expect(json.data?.[99]?.targets?.devices).toHaveLength(256);
  });

  test('a page of running tasks among 100,000 is found by its number', async () => {
    const platform = await platformWith();
    for (let n = 0; n < 100_000; n += 1) {
      platform.fleet.addTask({ status: n % 20 === 0 ? 'processing' : 'success', createTime: n * 1000 });
    }
    const caller = await client(platform);
    await caller.list({ operationStatus: 'processing', pageNo: 0, pageSize: 100 });
    const { json } = await caller.list({ operationStatus: 'processing', pageNo: 20, pageSize: 100 });
    expect(json).toMatchObject({ totalCount: 5000, data: { length: 100 } });
    platform.fleet.setStatus(String(json.data?.[0]?.operationId), 'failed');
    expect(platform.fleet.countsByStatus()).toEqual({ processing: 4999, success: 95_000, failed: 1 });
  });
});
