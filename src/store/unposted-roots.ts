import type { Kysely } from 'kysely';
import { inChunks } from './chunks.ts';
import type { NoticeRow, Schema } from './schema.ts';

/**
 * Sees to the tasks of messages that will never be posted, because the notices that were to create them were given up:
 * what else is waiting to be told of a task becomes its first notice; of a task without any, the next change will be.
 * Nothing may go on as a reply under a message that nobody sees. Meant for the transaction that gives them up.
 */
export async function replaceUnpostedRoots(db: Kysely<Schema>, messageIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(messageIds)) {
    const waiting = await db
      .selectFrom('notice')
      .selectAll()
      .where('message_id', 'in', ids)
      .where('place', '=', 'reply')
      .where('state', 'in', ['pending', 'held', 'suspended'])
      .orderBy('seq')
      .execute();
    await db.deleteFrom('thread').where('message_id', 'in', ids).execute();
    await db.deleteFrom('message').where('id', 'in', ids).execute();
    for (const replies of Map.groupBy(waiting, ({ operation_id }) => operation_id).values()) {
      await promote(db, replies);
    }
  }
}

/** Makes the first of one task's replies the root of the others. What speaks of many tasks stands alone instead. */
async function promote(db: Kysely<Schema>, replies: readonly NoticeRow[]): Promise<void> {
  const [first] = replies;
  if (!first) return;
  const ids = replies.map(({ id }) => id);
  if (first.operation_id === null) {
    await db
      .updateTable('notice')
      .set({ place: 'note', message_id: null, broadcast: 0 })
      .where('id', 'in', ids)
      .execute();
    return;
  }
  // No other message is named after a notice.
  const message = { id: first.id, channel: first.channel, kind: 'task', ts: null, shown: null } as const;
  await db
    .insertInto('message')
    .values({ ...message, wanted_version: 0, shown_version: 0, edited_at: null })
    .execute();
  await db
    .insertInto('thread')
    .values({ channel: first.channel, operation_id: first.operation_id, message_id: first.id })
    .execute();
  await db.updateTable('notice').set({ message_id: first.id }).where('id', 'in', ids).execute();
  await db.updateTable('notice').set({ place: 'root', broadcast: 0 }).where('id', '=', first.id).execute();
}
