import type { Kysely } from 'kysely';

/** Whether what a subscription tells may be read by other organisations its channel is shared with; so far it said nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('subscription')
    .addColumn('external', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
