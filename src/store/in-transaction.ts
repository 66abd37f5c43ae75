import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Does the work in the transaction that is under way, or else in one of its own: transactions do not nest. */
export async function inTransaction<Result>(
  db: Kysely<Schema>,
  work: (tx: Kysely<Schema>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? await work(db) : await db.transaction().execute(work);
}
