import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { isPostgres } from './engine.ts';
import { MigrationError, NewerStoreError } from './errors.ts';
import * as first from './migrations/001-first.ts';

const MIGRATIONS = { '001-first': first };

/**
 * Migrates the tables to this version, forward only. Refuses a store from a newer version before any change.
 * `inSchema` is the PostgreSQL schema of the tables; null for SQLite.
 */
export async function migrate<Schema>(db: Kysely<Schema>, inSchema: string | null = null): Promise<void> {
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length > 0) throw new NewerStoreError(unknown);
  // True at almost every start. kysely would inspect every table of the database, three times.
  if (applied.length === Object.keys(MIGRATIONS).length) return;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    ...(inSchema !== null && { migrationTableSchema: inSchema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new MigrationError(error);
}

/** On PostgreSQL the table already exists: open-postgres.ts creates it first. */
async function appliedMigrations<Schema>(db: Kysely<Schema>): Promise<readonly string[]> {
  if (!isPostgres(db)) {
    const made = await sql`select name from sqlite_master where name = 'kysely_migration'`.execute(db);
    if (made.rows.length === 0) return [];
  }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}
