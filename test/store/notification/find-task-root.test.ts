import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import { findTaskRoot } from '../../../src/store/notification/find-task-root.ts';
import { openTestStore } from '../open-test-store.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

async function write(id: string, kind: 'task' | 'summary', ts: string | null, ids: readonly string[]) {
  const versions = { shown: null, wanted_version: 0, shown_version: 0, edited_at: null };
  await store.db
    .insertInto('message')
    .values({ id, channel: 'C1', kind, ts, ...versions })
    .execute();
  const threads = ids.map((operation_id) => ({ channel: 'C1', operation_id, message_id: id }));
  await store.db.insertInto('thread').values(threads).execute();
}

test('a message that was pressed belongs to the task of its thread, by channel and time', async () => {
  await write('m-1', 'task', '1.1', ['op-1']);
  await write('m-2', 'task', '1.2', ['op-2']);
  expect(await findTaskRoot(store.db, 'C1', '1.2')).toEqual({
    messageId: 'm-2',
    channel: 'C1',
    operationId: 'op-2',
  });
  expect(await findTaskRoot(store.db, 'C2', '1.2')).toBeNull();
  expect(await findTaskRoot(store.db, 'C1', '9.9')).toBeNull();
});

test('neither a summary nor a message that is no longer there', async () => {
  await write('m-1', 'summary', '1.1', ['op-1', 'op-2']);
  await write('m-2', 'task', null, ['op-3']);
  expect(await findTaskRoot(store.db, 'C1', '1.1')).toBeNull();
  expect(await findTaskRoot(store.db, 'C1', '')).toBeNull();
});
