import type { Kysely } from 'kysely';

/** Since when a notice waits for the moment at which it is due: after a step of the clock nobody could tell otherwise. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('notice').addColumn('waits_since', 'bigint').execute();
}
