import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { isPostgres } from './engine.ts';
import { MigrationError } from './errors/migration-error.ts';
import { NewerStoreError } from './errors/newer-store-error.ts';
import * as first from './migrations/001-first.ts';
import * as deviceResults from './migrations/002-device-results.ts';
import * as seenEvents from './migrations/003-seen-events.ts';
import * as telling from './migrations/004-telling.ts';
import * as externalChannels from './migrations/005-external-channels.ts';
import * as installations from './migrations/006-installations.ts';
import * as processes from './migrations/007-processes.ts';
import * as turns from './migrations/008-turns.ts';
import * as knownNames from './migrations/009-known-names.ts';
import * as histories from './migrations/010-histories.ts';
import * as counters from './migrations/011-counters.ts';
import * as callers from './migrations/012-callers.ts';
import * as waits from './migrations/013-waits.ts';

const MIGRATIONS = {
  '001-first': first,
  '002-device-results': deviceResults,
  '003-seen-events': seenEvents,
  '004-telling': telling,
  '005-external-channels': externalChannels,
  '006-installations': installations,
  '007-processes': processes,
  '008-turns': turns,
  '009-known-names': knownNames,
  '010-histories': histories,
  '011-counters': counters,
  '012-callers': callers,
  '013-waits': waits,
};

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
