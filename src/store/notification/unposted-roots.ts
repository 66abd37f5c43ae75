import type { Kysely } from 'kysely';
import { inChunks } from '../engine/chunks.ts';
import type { NoticeRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { isOfTask, makeRoot, type TaskNotice } from './make-root.ts';

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
    for (const first of firstOfEach(waiting.filter(isOfTask))) await makeRoot(db, first, null);
    await standAlone(
      db,
      waiting.filter((notice) => !isOfTask(notice)),
    );
  }
}

/** The first of each task's replies under each message. */
function firstOfEach(replies: readonly TaskNotice[]): readonly TaskNotice[] {
  const groups = Map.groupBy(replies, ({ message_id, operation_id }) => `${message_id} ${operation_id}`);
  return [...groups.values()].flatMap(([first]) => first ?? []);
}

/** What speaks of many tasks is the root of none. */
async function standAlone(db: Kysely<Schema>, notices: readonly NoticeRow[]): Promise<void> {
  for (const some of inChunks(notices)) {
    await db
      .updateTable('notice')
      .set({ place: 'note', message_id: null, broadcast: 0 })
      .where(
        'id',
        'in',
        some.map(({ id }) => id),
      )
      .execute();
  }
}
