import { Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import { MigrationError, NewerStoreError } from './errors.ts';
import type { Store } from './location.ts';
import { migrate } from './migrate.ts';
import { postgresFailure } from './postgres-failure.ts';
import { createPostgresPool } from './postgres-pool.ts';
import type { Schema } from './schema.ts';

/** The number of the lock that a process holds while it brings the tables up to date; any other would do. */
const MIGRATING = 7_305_194_418;

/**
 * Opens a PostgreSQL database that any number of processes may share, and brings its tables up to date: the first one does
 * it, the others wait for it. Tables are made in the schema that the connection's `search_path` begins with.
 */
export async function openPostgres(url: string): Promise<Store> {
  let db: Kysely<Schema>;
  try {
    db = new Kysely<Schema>({ dialect: new Dialect({ pool: createPostgresPool(url) }) });
  } catch (error) {
    throw postgresFailure(url, error);
  }
  try {
    await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATING)})`.execute(tx);
      await migrate(tx, await beginMigrations(tx));
    });
  } catch (error) {
    await db.destroy();
    if (error instanceof NewerStoreError) throw error;
    throw postgresFailure(url, error instanceof MigrationError ? error.cause : error);
  }
  return { db, shared: true, close: () => db.destroy() };
}

/**
 * Makes kysely's own table where it is missing, and returns the schema it is in. Where no table can be made, PostgreSQL says
 * why; kysely would look again and hear only that the transaction is over.
 */
async function beginMigrations(tx: Kysely<Schema>): Promise<string | null> {
  const { rows } = await sql<{ schema: string | null; made: string | null }>`
    select current_schema() as schema, to_regclass(quote_ident(current_schema()) || '.kysely_migration')::text as made
  `.execute(tx);
  const [found] = rows;
  if (!found?.made)
    await sql`create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
      tx,
    );
  return found?.schema ?? null;
}

/**
 * Migrations are locked by the transaction they run in. kysely's own lock belongs to the connection: behind a PgBouncer that
 * pools by transaction, what unlocks it may reach the server by another one, and nobody ever gets the lock again.
 */
class Dialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new Adapter();
  }
}

class Adapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}
