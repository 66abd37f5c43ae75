import type { Kysely } from 'kysely';

/** Workspaces that installed the app, and which of them a channel belongs to. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('installation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('installed_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('channel_team')
    .addColumn('channel', 'text', (column) => column.primaryKey())
    .addColumn('team', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('channel_team_team').on('channel_team').column('team').execute();
}
