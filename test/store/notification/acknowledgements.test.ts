import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import {
  acknowledge,
  dropAcknowledgements,
  readAcknowledgement,
} from '../../../src/store/notification/acknowledgements.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW } from '../samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const read = (channel: string, operationId = 'op-1') => readAcknowledgement(store.db, channel, operationId);

test('who says first looks after a task, and who comes second is told so', async () => {
  expect(await read('C1')).toBeNull();
  expect(await acknowledge(store.db, 'C1', 'op-1', { by: 'U1', at: NOW })).toBe(true);
  expect(await acknowledge(store.db, 'C1', 'op-1', { by: 'U2', at: NOW + 5 })).toBe(false);
  expect(await read('C1')).toEqual({ by: 'U1', at: NOW });
});

test('each channel has its own', async () => {
  await acknowledge(store.db, 'C1', 'op-1', { by: 'U1', at: NOW });
  expect(await read('C2')).toBeNull();
  expect(await read('C1', 'op-2')).toBeNull();
  expect(await acknowledge(store.db, 'C2', 'op-1', { by: 'U2', at: NOW })).toBe(true);
});

test('a new run of the task is nobody’s yet, in any channel', async () => {
  for (const channel of ['C1', 'C2']) await acknowledge(store.db, channel, 'op-1', { by: 'U1', at: NOW });
  await acknowledge(store.db, 'C1', 'op-2', { by: 'U1', at: NOW });
  await dropAcknowledgements(store.db, ['op-1', 'op-3']);
  expect([await read('C1'), await read('C2'), await read('C1', 'op-2')]).toEqual([
    ...[null, null, { by: 'U1', at: NOW }],
  ]);
  expect(await acknowledge(store.db, 'C1', 'op-1', { by: 'U2', at: NOW })).toBe(true);
});
