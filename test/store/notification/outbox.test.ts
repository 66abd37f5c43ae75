import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboxPlan } from '../../../src/core/notification/outbox-plan.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { readNextNotification } from '../../../src/store/notification/next-notification.ts';
import * as outbox from '../../../src/store/notification/outbox.ts';
import { withdrawNotifications } from '../../../src/store/subscription/subscriptions.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { markSending, markSent } from '../sending.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const write = (plan: Partial<OutboxPlan>) =>
  outbox.writeOutbox(store.db, { messages: [], notifications: [], edits: [], decisions: [], ...plan });
const next = async (channel = 'C1') => {
  const found = await readNextNotification(store.db, channel);
  if (!found) throw new Error('nothing is waiting');
  return found;
};
const sent = { ts: '1.000100', at: NOW + 5, root: { shown: 'print', version: 0 } };

describe('the order of a channel', () => {
  test('goes on with what belongs to a notification in doubt once that is settled', async () => {
    await write({
      messages: [message('m-1')],
      notifications: [notification('n-1'), notification('n-2', { place: 'reply' })],
    });
    await write({ notifications: [notification('n-3', { place: 'reply' })] });
    const first = await next();
    expect(first).toMatchObject({ id: 'n-1', state: 'pending', attempts: 0, kind: 'failed', due_at: NOW });
    await markSending(store.db, first, NOW + 1);
    expect(await readNextNotification(store.db, 'C1')).toBeUndefined();
    const [doubt] = await outbox.readInDoubt(store.db, 'C1');
    expect(doubt).toMatchObject({ id: 'n-1', state: 'sending', attempts: 1, attempted_at: NOW + 1 });
    const attempted = { ...first, attempts: 1 };
    await outbox.markPending(store.db, attempted, { now: NOW, wait: 9_000, doubtful: true });
    expect(await next()).toMatchObject({ id: 'n-1', state: 'pending', due_at: NOW + 9_000, doubtful: 1 });
    expect(await outbox.readInDoubt(store.db, 'C1')).toEqual([]);
    await markSent(store.db, first, sent);
    expect(await next()).toMatchObject({ id: 'n-2' });
  });

  test('does not depend on other channels', async () => {
    await write({ notifications: [notification('n-1'), notification('n-2', { channel: 'C2' })] });
    expect(await next('C2')).toMatchObject({ id: 'n-2' });
    expect(new Set(await outbox.readBusyChannels(store.db))).toEqual(new Set(['C1', 'C2']));
  });

  test('a notification once in doubt stays so when it is put off again', async () => {
    await write({ notifications: [notification('n-1')] });
    for (const doubtful of [true, false]) {
      await markSending(store.db, await next(), NOW);
      const [doubt] = await outbox.readInDoubt(store.db, 'C1');
      if (doubt) await outbox.markPending(store.db, doubt, { now: NOW, wait: 0, doubtful });
    }
    expect((await next()).doubtful).toBe(1);
  });
});

describe('threads', () => {
  test('tell by task which message speaks of it in which channel', async () => {
    await write({
      messages: [
        message('m-1', { operationIds: ['op-1', 'op-2'], kind: 'summary' }),
        message('m-2', { channel: 'C2' }),
      ],
    });
    const threads = await outbox.readThreads(store.db, ['op-1', 'op-2', 'op-3']);
    expect(threads).toEqual(
      new Map([
        [
          'op-1',
          new Map([
            ['C1', 'm-1'],
            ['C2', 'm-2'],
          ]),
        ],
        ['op-2', new Map([['C1', 'm-1']])],
      ]),
    );
    expect(await outbox.readTasksOfMessage(store.db, 'm-1')).toEqual(['op-1', 'op-2']);
  });

  test('hold more tasks than one statement can bind', async () => {
    const operationIds = Array.from({ length: 1_100 }, (_, index) => `op-${index}`);
    await write({ messages: [message('m-1', { kind: 'summary', operationIds })] });
    expect((await outbox.readThreads(store.db, operationIds)).size).toBe(1_100);
  });
});

describe('an edit', () => {
  beforeEach(async () => {
    await write({ messages: [message('m-1')], notifications: [notification('n-1')] });
  });

  test('waits until the message itself is in the channel', async () => {
    await write({ edits: ['m-1'] });
    expect(await outbox.readNextEdit(store.db, 'C1')).toBeUndefined();
    await markSent(store.db, await next(), sent);
    expect(await outbox.readNextEdit(store.db, 'C1')).toMatchObject({ id: 'm-1', ts: '1.000100' });
    expect(await outbox.readBusyChannels(store.db)).toEqual(['C1']);
  });

  test('is not due when the message was sent as its tasks stand now', async () => {
    await markSent(store.db, await next(), sent);
    expect(await outbox.readNextEdit(store.db, 'C1')).toBeUndefined();
    expect(await outbox.readBusyChannels(store.db)).toEqual([]);
  });

  test('is due when nobody knows what the message shows, because its answer was lost', async () => {
    await markSent(store.db, await next(), { ...sent, root: null });
    expect(await outbox.readNextEdit(store.db, 'C1')).toMatchObject({ id: 'm-1', shown: null });
  });

  test('that was made covers all moves before it and none that came while it was under way', async () => {
    await markSent(store.db, await next(), sent);
    await write({ edits: ['m-1'] });
    await write({ edits: ['m-1'] });
    const due = await outbox.readNextEdit(store.db, 'C1');
    if (!due) throw new Error('no edit is due');
    await write({ edits: ['m-1'] });
    await outbox.markEdited(store.db, due, { shown: 'later', at: NOW + 9 });
    const left = await outbox.readNextEdit(store.db, 'C1');
    expect(left).toMatchObject({ id: 'm-1', shown: 'later' });
    if (left) await outbox.markEdited(store.db, left, { shown: 'latest', at: NOW + 10 });
    expect(await outbox.readNextEdit(store.db, 'C1')).toBeUndefined();
  });
});

test('what is to wait is written as held, and nobody is sent it', async () => {
  await write({
    notifications: [
      notification('n-1', { hold: { because: 'quiet' } }),
      notification('n-2', { hold: { because: 'muted', until: NOW + 9 } }),
      notification('n-3'),
    ],
  });
  const rows = await store.db.selectFrom('notification').selectAll().orderBy('seq').execute();
  expect(rows.map(({ state, held, due_at }) => [state, held, due_at])).toEqual([
    ['held', 'quiet', NOW],
    ['held', 'muted', NOW + 9],
    ['pending', null, NOW],
  ]);
  expect(await next()).toMatchObject({ id: 'n-3' });
});

test('a notification that was withdrawn since it was read is not sent', async () => {
  await write({ notifications: [notification('n-1')] });
  const read = await next();
  await withdrawNotifications(store.db, 'C1');
  expect(await markSending(store.db, read, NOW)).toBe(false);
  expect(await outbox.readBusyChannels(store.db)).toEqual([]);
});

test('the plan is written whole or not at all', async () => {
  await write({ notifications: [notification('n-1')] });
  const clash = store.db.transaction().execute((tx) =>
    outbox.writeOutbox(tx, {
      messages: [message('m-5')],
      notifications: [notification('n-1')],
      edits: [],
      decisions: [],
    }),
  );
  await expect(clash).rejects.toThrow(/unique/i);
  expect(await outbox.readMessage(store.db, 'm-5')).toBeUndefined();
});
