import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../engine.ts';

/** Who of several processes does what may be done by one at a time; and the same order of rows in both engines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('lease')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  if (!isPostgres(db)) return;
  // SQLite numbers the rows of every table by itself; what was written at the same moment is told in that order.
  await sql`alter table change add column rowid bigserial`.execute(db);
  await sql`alter table decision add column rowid bigserial`.execute(db);
  // SQLite sorts text by its bytes; a database may have been created with the order of some language.
  await sql`alter table task alter column operation_id type text collate "C"`.execute(db);
  await sql`alter table sight alter column operation_id type text collate "C"`.execute(db);
  await sql`alter table device_result alter column device_id type text collate "C"`.execute(db);
  await sql`alter table subscription alter column id type text collate "C"`.execute(db);
}
