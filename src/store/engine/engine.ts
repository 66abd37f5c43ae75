import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';

/** Whether the store is PostgreSQL, shared by several processes, or a SQLite file of one process. */
export function isPostgres<Schema>(db: Kysely<Schema>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** PostgreSQL's clock in milliseconds: the one clock that several machines agree on. */
export function databaseClock(): RawBuilder<number> {
  return sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
}
