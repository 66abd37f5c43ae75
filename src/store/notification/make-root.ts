import type { Kysely } from 'kysely';
import type { NotificationContent } from '../../core/notification/notification-content.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { contentOf } from './notification-content.ts';

/** States of notifications that may still be posted. */
const WAITING = ['pending', 'held', 'suspended'] as const;

/** A notification about one task. */
export type TaskNotification = NotificationRow & { readonly operation_id: string };

/**
 * Makes a reply its task's root in the channel, because its own root is missing; later replies go under it.
 * `posted`: it is already in the channel, and due for an edit. Call inside a transaction.
 */
export async function makeRoot(
  db: Kysely<Schema>,
  reply: TaskNotification,
  posted: { readonly ts: string; readonly at: Instant } | null,
): Promise<void> {
  // Unique: no other message takes its id from a notification.
  const { id, channel, operation_id } = reply;
  await db
    .insertInto('message')
    .values({
      id,
      channel,
      kind: 'task',
      ts: posted?.ts ?? null,
      shown: null,
      wanted_version: 0,
      shown_version: posted === null ? 0 : -1,
      edited_at: posted?.at ?? null,
    })
    .execute();
  await db
    .insertInto('thread')
    .values({ channel, operation_id, message_id: id })
    .onConflict((conflict) => conflict.columns(['channel', 'operation_id']).doUpdateSet({ message_id: id }))
    .execute();
  await db
    .updateTable('notification')
    .set({ message_id: id })
    .where('message_id', '=', reply.message_id)
    .where('operation_id', '=', operation_id)
    .where('place', '=', 'reply')
    .where('state', 'in', WAITING)
    .execute();
  const content = JSON.stringify(calling(reply));
  await db
    .updateTable('notification')
    .set({ place: 'root', broadcast: 0, message_id: id, content })
    .where('seq', '=', reply.seq)
    .execute();
}

/** A reply that only its thread would have shown mentions nobody as a channel message either. */
function calling(reply: NotificationRow): NotificationContent {
  const content = contentOf(reply);
  return reply.broadcast === 0 && 'mentions' in content ? { ...content, mentions: [] } : content;
}

export function isOfTask(notification: NotificationRow): notification is TaskNotification {
  return notification.operation_id !== null;
}

/**
 * Handles the tasks of messages that will never be posted. A task's first waiting reply becomes its root;
 * without one, the next change will. Otherwise replies would go under a message nobody sees. Call inside the
 * transaction that gives the messages up.
 */
export async function replaceUnpostedRoots(db: Kysely<Schema>, messageIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(messageIds)) {
    const waiting = await db
      .selectFrom('notification')
      .selectAll()
      .where('message_id', 'in', ids)
      .where('place', '=', 'reply')
      .where('state', 'in', ['pending', 'held', 'suspended'])
      .orderBy('seq')
      .execute();
    await db.deleteFrom('thread').where('message_id', 'in', ids).execute();
    await db.deleteFrom('message').where('id', 'in', ids).execute();
    for (const first of firstOfEach(waiting.filter(isOfTask))) await makeRoot(db, first, null);
    await standAlone(
      db,
      waiting.filter((notification) => !isOfTask(notification)),
    );
  }
}

/** The first reply of each task under each message. */
function firstOfEach(replies: readonly TaskNotification[]): readonly TaskNotification[] {
  const groups = Map.groupBy(replies, ({ message_id, operation_id }) => `${message_id} ${operation_id}`);
  return [...groups.values()].flatMap(([first]) => first ?? []);
}

/** Notifications about many tasks become notes: they cannot be the root of one task. */
async function standAlone(db: Kysely<Schema>, notifications: readonly NotificationRow[]): Promise<void> {
  for (const some of inChunks(notifications)) {
    await db
      .updateTable('notification')
      .set({ place: 'note', message_id: null, broadcast: 0 })
      .where(
        'id',
        'in',
        some.map(({ id }) => id),
      )
      .execute();
  }
}
