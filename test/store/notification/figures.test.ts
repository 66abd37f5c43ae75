import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/engine/location.ts';
import type { NotificationState } from '../../../src/store/engine/outbox-schema.ts';
import { countSubscriptions, readBacklog } from '../../../src/store/notification/figures.ts';
import { writeOutbox } from '../../../src/store/notification/outbox.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { subscribe } from '../subscription-samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

async function write(
  id: string,
  noticedAt: number,
  now: {
    readonly state: NotificationState;
    readonly held?: 'quiet' | 'muted' | 'suspended';
    readonly due_at?: number;
  },
): Promise<void> {
  const notifications = [notification(id, { noticedAt, messageId: id, operationId: id })];
  await writeOutbox(store.db, {
    ...{ messages: [message(id, { operationIds: [id] })], notifications, edits: [], decisions: [] },
  });
  await store.db.updateTable('notification').set(now).where('id', '=', id).execute();
}

describe('the backlog', () => {
  test('of an empty outbox is none', async () => {
    const { waitingSince, held } = await readBacklog(store.db);
    expect(waitingSince).toBeNull();
    expect(Object.fromEntries(held)).toEqual({ quiet: 0, muted: 0, suspended: 0 });
  });

  test('begins with the oldest that is due; what was held waits since it was let go', async () => {
    await write('told', NOW - 9_000, { state: 'sent' });
    await write('kept', NOW - 8_000, { state: 'held', held: 'quiet' });
    await write('let go', NOW - 7_000, { state: 'pending', held: 'muted', due_at: NOW - 1_000 });
    expect((await readBacklog(store.db)).waitingSince).toBe(NOW - 1_000);
    await write('undecided', NOW - 2_000, { state: 'sending', due_at: NOW + 5_000 });
    expect((await readBacklog(store.db)).waitingSince).toBe(NOW - 2_000);
  });

  test('counts what is kept back by why', async () => {
    await write('one', NOW, { state: 'held', held: 'quiet' });
    await write('two', NOW, { state: 'held', held: 'quiet' });
    await write('three', NOW, { state: 'held', held: 'muted' });
    await write('four', NOW, { state: 'suspended' });
    const { held } = await readBacklog(store.db);
    expect(Object.fromEntries(held)).toEqual({ quiet: 2, muted: 1, suspended: 1 });
  });
});

test('subscriptions are counted by whether they can be told', async () => {
  expect(Object.fromEntries(await countSubscriptions(store.db))).toEqual({ active: 0, suspended: 0 });
  await subscribe(store.db, { id: 's1' });
  await subscribe(store.db, { id: 's2', filter: 'firmware' });
  await store.db.updateTable('subscription').set({ suspended_at: NOW }).where('id', '=', 's2').execute();
  expect(Object.fromEntries(await countSubscriptions(store.db))).toEqual({ active: 1, suspended: 1 });
});
