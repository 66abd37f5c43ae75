import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordedDecision } from '../../../src/core/notification/outbox-plan.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { readDecisions, writeDecisions } from '../../../src/store/notification/decisions.ts';
import { readNextNotification } from '../../../src/store/notification/next-notification.ts';
import { writeOutbox } from '../../../src/store/notification/outbox.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { markSent } from '../sending.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

function decision(words: Partial<RecordedDecision> = {}): RecordedDecision {
  return {
    ...{ channel: 'C1', operationId: 'op-1', kind: 'failed', at: NOW - 5, noticedAt: NOW },
    ...{ reason: 'first-notification', notificationId: null },
    ...words,
  };
}

describe('what was decided for a channel about a task', () => {
  test('is told in the order it was noticed and found, of more the newest', async () => {
    await writeDecisions(store.db, [
      decision({ kind: 'created', noticedAt: NOW }),
      decision({ kind: 'started', noticedAt: NOW }),
    ]);
    await writeDecisions(store.db, [
      decision({ kind: 'failed', noticedAt: NOW + 1 }),
      decision({ channel: 'C2', kind: 'stalled' }),
      decision({ operationId: 'op-2', kind: 'overdue' }),
    ]);
    const kinds = async (most: number) =>
      (await readDecisions(store.db, 'C1', 'op-1', most)).map(({ kind }) => kind);
    expect(await kinds(9)).toEqual(['created', 'started', 'failed']);
    expect(await kinds(2)).toEqual(['started', 'failed']);
    expect(await readDecisions(store.db, 'C3', 'op-1', 9)).toEqual([]);
  });

  test('says what became of the notification, if there is one', async () => {
    await writeOutbox(store.db, {
      ...{ messages: [message('m-1')], edits: [] },
      notifications: [notification('n-1', { hold: { because: 'quiet' } })],
      decisions: [
        decision({ notificationId: 'n-1', reason: 'quiet-hours' }),
        decision({ kind: 'created', reason: 'kind-not-wanted' }),
      ],
    });
    expect(await readDecisions(store.db, 'C1', 'op-1', 9)).toEqual([
      {
        ...{ kind: 'failed', at: NOW - 5, noticedAt: NOW, reason: 'quiet-hours' },
        notification: { state: 'held', held: 'quiet', doubtful: false, sentAt: null },
      },
      { kind: 'created', at: NOW - 5, noticedAt: NOW, reason: 'kind-not-wanted', notification: null },
    ]);
  });

  test('says when the notification was sent', async () => {
    await writeOutbox(store.db, {
      ...{ messages: [message('m-1')], edits: [] },
      ...{ notifications: [notification('n-1')], decisions: [decision({ notificationId: 'n-1' })] },
    });
    const row = await readNextNotification(store.db, 'C1');
    if (row) await markSent(store.db, row, { ts: '1.000100', at: NOW + 7, root: null });
    const [told] = await readDecisions(store.db, 'C1', 'op-1', 9);
    expect(told?.notification).toEqual({ state: 'sent', held: null, doubtful: false, sentAt: NOW + 7 });
  });

  test('can be of more tasks than one statement binds', async () => {
    await writeDecisions(
      store.db,
      Array.from({ length: 1_100 }, (_, index) => decision({ operationId: `op-${index}` })),
    );
    expect(await readDecisions(store.db, 'C1', 'op-1099', 9)).toHaveLength(1);
  });
});
