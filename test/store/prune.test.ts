import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeChanges } from '../../src/store/changes.ts';
import type { Store } from '../../src/store/open-store.ts';
import { readRootNotice, writeOutbox } from '../../src/store/outbox.ts';
import { prune, REMEMBERED } from '../../src/store/prune.ts';
import type { NoticeState } from '../../src/store/schema.ts';
import { openTestStore } from './open-test-store.ts';
import { message, notice } from './outbox-samples.ts';
import { NOW, sampleTask } from './samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const STATES: readonly NoticeState[] = [
  ...(['pending', 'sending', 'held', 'suspended', 'sent'] as const),
  ...(['merged', 'refused', 'expired', 'withdrawn'] as const),
];

async function write(name: string, noticedAt: number): Promise<void> {
  const ids = STATES.flatMap((state) => [`${name} root ${state}`, `${name} reply ${state}`]);
  await writeOutbox(store.db, {
    messages: [message(name, { operationIds: [name] })],
    notices: ids.map((id) =>
      notice(id, { place: id.includes('root') ? 'root' : 'reply', messageId: name, noticedAt }),
    ),
    edits: [],
    decisions: [
      {
        channel: 'C1',
        operationId: name,
        kind: 'failed',
        at: 0,
        noticedAt,
        reason: 'first-notice',
        noticeId: null,
      },
    ],
  });
  for (const state of STATES) {
    await store.db.updateTable('notice').set({ state }).where('id', 'like', `${name} % ${state}`).execute();
  }
  const changes = [{ kind: 'failed' as const, at: 0 }];
  await writeChanges(store.db, [{ task: sampleTask({ operationId: name }), movedAt: 0, changes }], {
    ...{ now: noticedAt, newId: () => name },
  });
}

test('what is old and settled is forgotten; posted roots and what is not settled stay, whatever their age', async () => {
  await write('old', NOW - REMEMBERED - 1);
  await write('young', NOW - REMEMBERED);
  await prune(store.db, NOW);
  const left = await store.db
    .selectFrom('notice')
    .select('id')
    .where('id', 'like', 'old %')
    .orderBy('seq')
    .execute();
  expect(left.map(({ id }) => id)).toEqual([
    ...['old root pending', 'old reply pending', 'old root sending', 'old reply sending'],
    ...['old root held', 'old reply held', 'old root suspended', 'old reply suspended', 'old root sent'],
  ]);
  const young = await store.db.selectFrom('notice').select('id').where('id', 'like', 'young %').execute();
  expect(young).toHaveLength(2 * STATES.length);
  for (const table of ['decision', 'change'] as const) {
    const rows = await store.db.selectFrom(table).select('operation_id').execute();
    expect(rows.map(({ operation_id }) => operation_id)).toEqual(['young']);
  }
});

test('a message goes on being edited however old it is', async () => {
  await writeOutbox(store.db, {
    ...{ messages: [message('m-1')], edits: [], decisions: [] },
    notices: [notice('n-1', { noticedAt: 0 })],
  });
  await store.db.updateTable('notice').set({ state: 'sent' }).execute();
  await prune(store.db, NOW);
  expect(await readRootNotice(store.db, 'm-1')).toMatchObject({ id: 'n-1' });
});
