import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Whether this run of the tests is the one on PostgreSQL (test/jest.config.mjs). */
export function onPostgres(): boolean {
  return Reflect.get(globalThis, 'TEST_ENGINE') === 'postgres';
}

export interface TestDatabase {
  readonly url: string;
  /** Ends whoever is still connected, too. */
  readonly drop: () => Promise<void>;
}

/** A new database on the server that TEST_DATABASE_URL names. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server)
    throw new Error('TEST_DATABASE_URL names no PostgreSQL server: run `.ci/with-postgres npm test`');
  const name = `upgrades_${randomUUID().replaceAll('-', '')}`;
  await ask(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => ask(server, `drop database if exists ${name} with (force)`) };
}

/** Takes everything out of a database but its tables; whoever is still connected is thrown out first. */
export async function emptyTestDatabase({ url }: TestDatabase): Promise<void> {
  await ask(
    url,
    `do $$ begin
       perform pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid();
       execute (select string_agg('delete from ' || quote_ident(tablename), '; ')
         from pg_tables where schemaname = 'public' and tablename not like 'kysely%');
       perform setval(quote_ident(sequencename)::regclass, 1, false) from pg_sequences where schemaname = 'public';
     end $$`,
  );
}

async function ask(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
