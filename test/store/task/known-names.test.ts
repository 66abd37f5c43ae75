import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import { readUnknownValues } from '../../../src/store/task/known-names.ts';
import { writeWatchedTasks } from '../../../src/store/task/write-tasks.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW, newlySeen, sampleTask } from '../samples.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const targets = { model: 'WM-20', deviceGroups: ['Nord'], devices: ['dev-1'] };
  await writeWatchedTasks(store.db, [newlySeen(sampleTask({ operationId: 'op-1', targets }))]);
  await store.db
    .insertInto('device_result')
    .values({ device_id: 'dev-2', operation_id: 'op-1', status: 'failed', result: '{}', seen_at: NOW })
    .execute();
});
afterAll(() => store.close());

const many = Array.from({ length: 250 }, (_, n) => `none-${n}`);

test.each([
  ['model', ['wm–20', 'ＷＭ-20', 'WM-21', 'nord'], ['WM-21', 'nord']],
  ['group', ['NORD', 'WM-20'], ['WM-20']],
  ['manufacturer', ['WM-20'], ['WM-20']],
  ['device', ['dev-1', 'dev-2', 'DEV-1', 'dev-3', 'Nord'], ['DEV-1', 'dev-3', 'Nord']],
  ['task', ['op-1', 'OP-1', 'op-2'], ['OP-1', 'op-2']],
  ['model', [...many, 'WM-20'], many],
] as const)('of these values of %s no task has those: %#', async (field, values, unknown) => {
  expect(await readUnknownValues(store.db, field, values)).toEqual(unknown);
});
