import { Kysely, PostgresDialect, sql } from 'kysely';
import { MigrationError } from './errors/migration-error.ts';
import { NewerStoreError } from './errors/newer-store-error.ts';
import { migrate } from './migrate.ts';
import type { Store } from './open-store.ts';
import { postgresFailure } from './postgres-failure.ts';
import { createPostgresPool } from './postgres-pool.ts';
import type { Schema } from './schema.ts';

/**
 * Opens a PostgreSQL database that any number of processes may share, and brings its tables up to date: the first one does
 * it, the others wait for it. Tables are made in the schema that the connection's `search_path` begins with.
 */
export async function openPostgres(url: string): Promise<Store> {
  let db: Kysely<Schema>;
  try {
    db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPostgresPool(url) }) });
  } catch (error) {
    throw postgresFailure(url, error);
  }
  try {
    const schema = await currentSchema(db);
    await migrate(db, schema).catch(async (error: unknown) => {
      if (!wasCreatedMeanwhile(error)) throw error;
      await migrate(db, schema);
    });
  } catch (error) {
    await db.destroy();
    if (error instanceof NewerStoreError) throw error;
    throw postgresFailure(url, error instanceof MigrationError ? error.cause : error);
  }
  return { db, shared: true, close: () => db.destroy() };
}

/** Null where the connection has no schema to make tables in; making them says so then. */
async function currentSchema(db: Kysely<Schema>): Promise<string | null> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  return rows[0]?.schema ?? null;
}

/** Two processes may create kysely's own table at once: `create table if not exists` of PostgreSQL lets one of them fail. */
function wasCreatedMeanwhile(error: unknown): boolean {
  const cause = error instanceof MigrationError ? error.cause : error;
  return cause instanceof Error && cause.message.includes('pg_type_typname_nsp_index');
}
