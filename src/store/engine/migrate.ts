import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { isPostgres } from './engine.ts';
import { MigrationError, NewerStoreError } from './errors.ts';
import * as first from './migrations/001-first.ts';

const MIGRATIONS = { '001-first': first };

/**
 * Brings the tables to this version, forward only. A store from a newer version is refused before anything is touched. The
 * schema is PostgreSQL's, where the tables are; SQLite has none.
 */
export async function migrate<Schema>(db: Kysely<Schema>, inSchema: string | null = null): Promise<void> {
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length > 0) throw new NewerStoreError(unknown);
  // As at almost every start. kysely would look at every table of the database, three times.
  if (applied.length === Object.keys(MIGRATIONS).length) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    ...(inSchema !== null && { migrationTableSchema: inSchema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new MigrationError(error);
}

/** On PostgreSQL the table is there: it is made first of all (open-postgres.ts). */
async function appliedMigrations<Schema>(db: Kysely<Schema>): Promise<readonly string[]> {
  if (!isPostgres(db)) {
    const made = await sql`select name from sqlite_master where name = 'kysely_migration'`.execute(db);
    if (made.rows.length === 0) return [];
  }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}
