import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/** Prepared statements to cache. The program uses about half as many, besides those with value lists. */
const MOST_KEPT = 256;
/** Longest SQL to cache, in characters: long value lists differ per call and would evict the others. */
const LONGEST_KEPT = 2_000;

interface Prepared {
  readonly statement: StatementSync;
  readonly reader: boolean;
}

/**
 * Node's built-in SQLite in the form that kysely's SQLite dialect expects. Rows are plain objects. Integers
 * stay below 2^53, since times are milliseconds. Preparing a short statement takes longer than running it, so
 * statements are cached; SQLite prepares them again after the tables change.
 */
export function openNodeSqlite(path: string): SqliteDatabase & { readonly exec: (sql: string) => void } {
  const database = new DatabaseSync(path);
  const kept = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const statement = database.prepare(sql);
    return { statement, reader: statement.columns().length > 0 };
  };
  const ready = (sql: string): Prepared => {
    if (sql.length > LONGEST_KEPT) return prepare(sql);
    const prepared = kept.get(sql) ?? prepare(sql);
    // Moves it to the end, so that the least recently used one comes first.
    kept.delete(sql);
    kept.set(sql, prepared);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return prepared;
  };
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare(sql) {
      const { statement, reader } = ready(sql);
      // kysely binds only what the queries pass: strings, numbers, null and bytes.
      const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        // Not cached: the same statement may run again while these rows are being read.
        iterate: (parameters) => database.prepare(sql).iterate(...bind(parameters)),
      };
    },
  };
}
