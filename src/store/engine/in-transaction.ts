import { type Kysely, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Schema } from './schema.ts';

/** What is decided about tasks and notifications, and the budget of calls: each is written by one at a time. */
const WRITERS = { outbox: 1, calls: 2 } as const;

/**
 * Does the work in the transaction that is under way, or else in one of its own: transactions do not nest. Those of one
 * writer come one after the other in the whole store, as they do in a SQLite file anyway: what one reads stays true until
 * it ends, and the numbers of the outbox rise in the order in which they can be seen.
 */
export async function inTransaction<Result>(
  db: Kysely<Schema>,
  work: (tx: Kysely<Schema>) => Promise<Result>,
  writer: keyof typeof WRITERS = 'outbox',
): Promise<Result> {
  if (db.isTransaction) return await work(db);
  if (writer === 'calls' && !isPostgres(db)) return await withoutFlush(db, work);
  return await db.transaction().execute(async (tx) => {
    if (isPostgres(tx)) {
      // The schema belongs to the name of the lock: two bots in one database are no business of each other's.
      await sql`select pg_advisory_xact_lock(${sql.lit(WRITERS[writer])}, hashtext(current_schema()))`.execute(
        tx,
      );
    }
    return await work(tx);
  });
}

/**
 * A transaction that a killed process loses nothing of, but a power cut may: writing it through to the disk would take
 * longer than the call that it counts, and after a start of the machine few of the calls before it still count.
 */
async function withoutFlush<Result>(
  db: Kysely<Schema>,
  work: (tx: Kysely<Schema>) => Promise<Result>,
): Promise<Result> {
  return await db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
