import type { Kysely } from 'kysely';

/** Who asked for a call, so that one person cannot use up the calls of all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('platform_call').addColumn('person', 'text').execute();
}
