import type { Kysely } from 'kysely';

/** Slack's events that were taken on, so that a repeated delivery is known as one. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('seen_event')
    .addColumn('event_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('seen_event_at').on('seen_event').column('at').execute();
}
