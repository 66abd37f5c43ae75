import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { NotificationState } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';

/** Excludes what stays, so that the query uses the index on age: nearly all notifications are `sent`. */
const UNSETTLED: readonly NotificationState[] = ['pending', 'sending', 'held', 'suspended'];
/** Rows per statement: requests wait while one runs. */
const PORTION = 1_000;

/** Deletes old notifications that are settled. Posted roots stay as long as their messages. */
export async function pruneNotifications(db: Kysely<Schema>, before: Instant): Promise<void> {
  for (let deleted = PORTION; deleted === PORTION; ) {
    const result = await db
      .deleteFrom('notification')
      .where('seq', 'in', ({ selectFrom }) =>
        selectFrom('notification as old')
          .select('old.seq')
          .where('old.noticed_at', '<', before)
          .where('old.state', 'not in', UNSETTLED)
          .where((eb) => eb.or([eb('old.state', '!=', 'sent'), eb('old.place', '!=', 'root')]))
          .limit(PORTION),
      )
      .executeTakeFirstOrThrow();
    deleted = Number(result.numDeletedRows);
  }
}

/**
 * Deletes old messages that are finished: their tasks ended before `before`, and all notifications in their
 * threads are older and settled. If such a task ever moves again, it gets a new message.
 */
export async function pruneMessages(db: Kysely<Schema>, before: Instant): Promise<void> {
  for (let found = PORTION; found === PORTION; ) {
    found = await inTransaction(db, async (tx) => {
      const old = await readOldMessages(tx, before);
      for (const ids of inChunks(old)) {
        await tx.deleteFrom('thread').where('message_id', 'in', ids).execute();
        await tx.deleteFrom('message').where('id', 'in', ids).execute();
        await tx.deleteFrom('notification').where('message_id', 'in', ids).execute();
      }
      return old.length;
    });
  }
}

async function readOldMessages(db: Kysely<Schema>, before: Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('notification as root')
    .select('root.message_id')
    .where('root.noticed_at', '<', before)
    .where('root.state', 'not in', UNSETTLED)
    .where('root.place', '=', 'root')
    .where('root.message_id', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('thread')
            .innerJoin('task', 'task.operation_id', 'thread.operation_id')
            .select('task.operation_id')
            .whereRef('thread.message_id', '=', 'root.message_id')
            .where(movesStill(before)),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notification as other')
            .select('other.seq')
            .whereRef('other.message_id', '=', 'root.message_id')
            .where((eb) => eb.or([eb('other.noticed_at', '>=', before), eb('other.state', 'in', UNSETTLED)])),
        ),
      ),
    )
    .limit(PORTION)
    .execute();
  return rows.flatMap(({ message_id }) => message_id ?? []);
}

/** Whether a task is active, or moved at or after `since`. */
export function movesStill(since: Instant) {
  return sql<SqlBool>`(task.active = 1 or task.moved_at >= ${since})`;
}
