import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';

/** Whether the store is PostgreSQL, which several processes share, or a SQLite file of one process. */
export function isPostgres<Schema>(db: Kysely<Schema>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** PostgreSQL's own clock in milliseconds: what several machines agree on, whatever theirs say. */
export function databaseClock(): RawBuilder<number> {
  return sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
}
