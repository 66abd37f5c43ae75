import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboxPlan } from '../../../src/core/notification/outbox-plan.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { readNextNotification } from '../../../src/store/notification/next-notification.ts';
import * as outbox from '../../../src/store/notification/outbox.ts';
import { withdrawNotifications } from '../../../src/store/subscription/subscriptions.ts';
import * as suspension from '../../../src/store/subscription/suspension.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW } from '../samples.ts';
import { markSending, markSent } from '../sending.ts';
import { subscribe } from '../subscription-samples.ts';

const DAY = 24 * 3_600_000;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const write = (plan: Partial<OutboxPlan>) =>
  outbox.writeOutbox(store.db, { messages: [], notifications: [], edits: [], decisions: [], ...plan });
const close = (channel = 'C1', at = NOW) =>
  suspension.suspendChannel(store.db, channel, { at, reason: 'is_archived' });

async function next(channel = 'C1') {
  const found = await readNextNotification(store.db, channel);
  if (!found) throw new Error('nothing is waiting');
  return found;
}

/** Every notification as `id state`, in order. */
async function states(): Promise<readonly string[]> {
  const rows = await store.db.selectFrom('notification').select(['id', 'state']).orderBy('seq').execute();
  return rows.map(({ id, state }) => `${id} ${state}`);
}

/** Every task's message, as `channel task message`. */
async function threads(): Promise<readonly string[]> {
  const rows = await store.db.selectFrom('thread').selectAll().orderBy('operation_id').execute();
  const messages = await store.db.selectFrom('message').select('id').execute();
  const known = new Set(messages.map(({ id }) => id));
  return rows.map(
    (row) => `${row.channel} ${row.operation_id} ${known.has(row.message_id) ? row.message_id : 'nowhere'}`,
  );
}

describe('a channel that Slack refuses', () => {
  beforeEach(async () => {
    await subscribe(store.db);
    const other = notification('n-9', { channel: 'C2', messageId: null });
    await write({
      messages: [message('m-1')],
      notifications: [notification('n-1'), notification('n-2'), other],
    });
    await markSending(store.db, await next(), NOW);
  });

  test('has everything kept back, what was being sent included, and no other channel is touched', async () => {
    await close();
    expect(await readNextNotification(store.db, 'C1')).toBeUndefined();
    expect(await outbox.readBusyChannels(store.db)).toEqual(['C2']);
    expect(await states()).toEqual(['n-1 suspended', 'n-2 suspended', 'n-9 pending']);
  });

  test('has kept back as well what is noticed until what was kept is released, so that nothing overtakes it', async () => {
    await close();
    await write({ notifications: [notification('n-3')] });
    await suspension.resumeChannel(store.db, 'C1');
    await write({ notifications: [notification('n-4', { hold: { because: 'quiet' } })] });
    expect(await states()).toEqual([
      ...['n-1 suspended', 'n-2 suspended', 'n-9 pending', 'n-3 suspended', 'n-4 suspended'],
    ]);
    expect(await suspension.readSuspendedChannels(store.db)).toEqual(new Set());
    expect(await suspension.readKeepingChannels(store.db)).toEqual(new Set(['C1']));
  });

  test('leaves what is held to what holds it', async () => {
    await write({ notifications: [notification('n-3', { hold: { because: 'quiet' } })] });
    await close();
    expect(await states()).toContain('n-3 held');
  });

  test('has the roots whose edits it refused brought up to date when it is taken up again, and no others', async () => {
    const [first] = await outbox.readInDoubt(store.db, 'C1');
    const sent = { ts: '1.000100', at: NOW, root: { shown: 'print', version: 0 } };
    if (first) await markSent(store.db, first, sent);
    await close();
    await suspension.resumeChannel(store.db, 'C1');
    expect(await outbox.readNextEdit(store.db, 'C1')).toBeUndefined();
    const row = await outbox.readMessage(store.db, 'm-1');
    if (row) await outbox.markEdited(store.db, row, { shown: null, at: NOW });
    expect(await outbox.readNextEdit(store.db, 'C1')).toBeUndefined();
    await suspension.resumeChannel(store.db, 'C1');
    expect(await outbox.readNextEdit(store.db, 'C1')).toMatchObject({ id: 'm-1' });
  });
});

describe('a notification that Slack takes in no form', () => {
  test('lets the others pass and does not come back when its channel is closed and opened', async () => {
    await subscribe(store.db);
    await write({
      messages: [message('m-1')],
      notifications: ['n-1', 'n-2'].map((id) => notification(id, { place: 'reply' })),
    });
    await suspension.refuseNotification(store.db, await next());
    expect(await next()).toMatchObject({ id: 'n-2' });
    await close();
    await suspension.resumeChannel(store.db, 'C1');
    expect(await states()).toEqual(['n-1 refused', 'n-2 suspended']);
    expect(await threads()).toEqual(['C1 op-1 m-1']);
  });

  test('as the first notification of its task makes the next one the first', async () => {
    await write({
      messages: [message('m-1')],
      notifications: [
        notification('n-1'),
        notification('n-2', { place: 'reply', broadcast: true }),
        notification('n-3', { place: 'reply' }),
      ],
    });
    await suspension.refuseNotification(store.db, await next());
    expect(await next()).toMatchObject({ id: 'n-2', place: 'root', broadcast: 0 });
    const { message_id } = await next();
    expect(await threads()).toEqual([`C1 op-1 ${message_id}`]);
    const last = await store.db
      .selectFrom('notification')
      .selectAll()
      .where('id', '=', 'n-3')
      .executeTakeFirstOrThrow();
    expect(last).toMatchObject({ place: 'reply', message_id });
  });

  test('as the summary of many tasks makes the next of each the first, and the rest of its thread stands alone', async () => {
    const operationIds = ['op-1', 'op-2', 'op-3'];
    const reply = { place: 'reply', messageId: 'm-1' } as const;
    const summary = { operationId: null, messageId: 'm-1' };
    await write({
      messages: [message('m-1', { kind: 'summary', operationIds })],
      notifications: [
        notification('n-1', { ...summary, content: { ...SUMMARY } }),
        notification('n-2', {
          ...summary,
          place: 'reply',
          content: { kind: 'summary-part', noticedAt: NOW, entries: [] },
        }),
        notification('n-3', { ...reply, operationId: 'op-1' }),
        notification('n-4', { ...reply, operationId: 'op-2' }),
        notification('n-5', { ...reply, operationId: 'op-1' }),
      ],
    });
    await suspension.refuseNotification(store.db, await next());
    const rows = await store.db.selectFrom('notification').selectAll().orderBy('seq').execute();
    expect(rows.slice(1).map(({ id, place, message_id }) => `${id} ${place} ${message_id}`)).toEqual([
      ...['n-2 note null', 'n-3 root n-3', 'n-4 root n-4', 'n-5 reply n-3'],
    ]);
    expect(await threads()).toEqual(['C1 op-1 n-3', 'C1 op-2 n-4']);
  });
});

const SUMMARY = { kind: 'summary', cause: 'storm', noticedAt: NOW, entries: [], mentions: [] } as const;

describe('what a closed channel keeps too long', () => {
  const WEEK = 7 * DAY;
  const expire = (now: number) => suspension.expireSuspended(store.db, now - WEEK);

  test('is given up after seven days, what is held there included, and nothing of other channels', async () => {
    await subscribe(store.db);
    await subscribe(store.db, { id: 's2', channel: 'C2' });
    await write({
      messages: [message('m-1'), message('m-2', { operationIds: ['op-2'] })],
      notifications: [
        notification('n-1'),
        notification('n-2', { hold: { because: 'quiet' }, messageId: 'm-2', operationId: 'op-2' }),
        notification('n-3', { channel: 'C2', messageId: null, place: 'note', hold: { because: 'quiet' } }),
      ],
    });
    await close();
    expect(await expire(NOW + WEEK)).toBe(0);
    expect(await expire(NOW + WEEK + 1)).toBe(2);
    expect(await states()).toEqual(['n-1 expired', 'n-2 expired', 'n-3 held']);
    expect(await expire(NOW + WEEK + 1)).toBe(0);
    // Nobody was told of these tasks: what happens to them next is their first notification.
    expect(await threads()).toEqual([]);
    expect(await store.db.selectFrom('message').selectAll().execute()).toEqual([]);
  });

  test('leaves what came later, as the first notification of its task', async () => {
    await subscribe(store.db);
    await write({ messages: [message('m-1')], notifications: [notification('n-1')] });
    await close();
    await write({
      notifications: [notification('n-2', { place: 'reply', noticedAt: NOW + DAY, change: 'recovered' })],
    });
    expect(await expire(NOW + WEEK + 1)).toBe(1);
    const rows = await store.db.selectFrom('notification').selectAll().orderBy('seq').execute();
    expect(rows.map(({ id, place, state }) => `${id} ${place} ${state}`)).toEqual([
      'n-1 root expired',
      'n-2 root suspended',
    ]);
    expect(await threads()).toEqual(['C1 op-1 n-2']);
  });

  test('leaves what came later to each of several closed channels, in that channel', async () => {
    const later = { place: 'reply', noticedAt: NOW + DAY, change: 'recovered' } as const;
    for (const channel of ['C1', 'C2']) {
      const messageId = `m-${channel}`;
      await subscribe(store.db, { id: `s-${channel}`, channel });
      await write({
        messages: [message(messageId, { channel })],
        notifications: [notification(`first-${channel}`, { channel, messageId })],
      });
      await close(channel);
      await write({ notifications: [notification(`later-${channel}`, { channel, messageId, ...later })] });
    }
    expect(await expire(NOW + WEEK + 1)).toBe(2);
    const rows = await store.db
      .selectFrom('notification')
      .selectAll()
      .where('state', '=', 'suspended')
      .execute();
    expect(rows.map(({ channel, place, message_id }) => `${channel} ${place} ${message_id}`)).toEqual([
      'C1 root later-C1',
      'C2 root later-C2',
    ]);
    expect((await threads()).toSorted()).toEqual(['C1 op-1 later-C1', 'C2 op-1 later-C2']);
  });

  test('does not touch messages that were posted', async () => {
    await subscribe(store.db);
    await write({ messages: [message('m-1')], notifications: [notification('n-1')] });
    await markSent(store.db, await next(), { ts: '1.000100', at: NOW, root: null });
    await write({ notifications: [notification('n-2', { place: 'reply' })] });
    await close();
    expect(await expire(NOW + WEEK + 1)).toBe(1);
    expect(await threads()).toEqual(['C1 op-1 m-1']);
    expect(await states()).toEqual(['n-1 sent', 'n-2 expired']);
  });

  test('is given up as well where nobody subscribes any more', async () => {
    await write({ messages: [message('m-1')], notifications: [notification('n-1')] });
    await close();
    expect(await expire(NOW + WEEK + 1)).toBe(1);
  });

  test('can be more than one statement binds', async () => {
    await subscribe(store.db);
    const ids = Array.from({ length: 1_200 }, (_, index) => String(index));
    await write({
      messages: ids.map((id) => message(`m-${id}`, { operationIds: [`op-${id}`] })),
      notifications: ids.map((id) =>
        notification(`n-${id}`, { operationId: `op-${id}`, messageId: `m-${id}` }),
      ),
    });
    await close();
    expect(await expire(NOW + WEEK + 1)).toBe(1_200);
    expect(await threads()).toEqual([]);
  });
});

describe('a channel that unsubscribes', () => {
  test('is told nothing more of what waits, and hears of those tasks anew when it subscribes again', async () => {
    await write({
      messages: [message('m-1'), message('m-2', { operationIds: ['op-2'] })],
      notifications: [notification('n-1'), notification('n-2', { operationId: 'op-2', messageId: 'm-2' })],
    });
    await markSent(store.db, await next(), { ts: '1.000100', at: NOW, root: null });
    await write({ notifications: [notification('n-3', { place: 'reply', hold: { because: 'quiet' } })] });
    await withdrawNotifications(store.db, 'C1');
    expect(await states()).toEqual(['n-1 sent', 'n-2 withdrawn', 'n-3 withdrawn']);
    expect(await threads()).toEqual(['C1 op-1 m-1']);
  });

  test('does so as part of a bigger step', async () => {
    await write({ messages: [message('m-1')], notifications: [notification(randomUUID())] });
    await store.db.transaction().execute((tx) => withdrawNotifications(tx, 'C1'));
    expect(await threads()).toEqual([]);
  });
});
