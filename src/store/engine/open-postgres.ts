import { Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import { MigrationError, NewerStoreError } from './errors.ts';
import type { Store } from './location.ts';
import { migrate } from './migrate.ts';
import { postgresFailure } from './postgres-failure.ts';
import { createPostgresPool } from './postgres-pool.ts';
import type { Schema } from './schema.ts';

/** Advisory lock that a process holds while it migrates the tables. The number is arbitrary. */
const MIGRATING = 7_305_194_418;

/**
 * Opens a PostgreSQL database, which any number of processes may share. The first one migrates it while the
 * others wait. Tables are created in the first schema of the connection's `search_path`.
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
 * Creates kysely's migration table if it is missing, and returns its schema. If that fails, PostgreSQL
 * reports why; kysely would query again and see only that the transaction was aborted.
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
 * The surrounding transaction locks migrations. kysely's own lock belongs to the connection: behind a
 * PgBouncer that pools by transaction, the unlock may go through another connection, and the lock is never
 * freed.
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
