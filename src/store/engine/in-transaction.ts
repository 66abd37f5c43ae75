import { type Kysely, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Schema } from './schema.ts';

/** Lock numbers of the writers: decisions about tasks and notifications, and the call budget. */
const WRITERS = { outbox: 1, calls: 2 } as const;

/**
 * Runs the work in the current transaction, or else in a new one: transactions do not nest. Transactions of
 * one writer run one at a time in the whole store, as in a SQLite file anyway. So what one reads stays true
 * until it ends, and outbox numbers rise in the order in which they become visible.
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
      // The lock includes the schema, so that two bots in one database do not block each other.
      await sql`select pg_advisory_xact_lock(${sql.lit(WRITERS[writer])}, hashtext(current_schema()))`.execute(
        tx,
      );
    }
    return await work(tx);
  });
}

/**
 * A transaction that survives a killed process, but maybe not a power cut. Flushing it would take longer than
 * the call it counts, and after a reboot few earlier calls still count.
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
