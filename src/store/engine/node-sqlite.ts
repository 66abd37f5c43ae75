import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/** Statements kept ready. The program makes about half as many, beside those with a list of values. */
const MOST_KEPT = 256;
/** Statements with long lists of values differ from call to call: keeping them would push out the others. */
const LONGEST_KEPT = 2_000;

interface Prepared {
  readonly statement: StatementSync;
  readonly reader: boolean;
}

/**
 * Node's built-in SQLite in the shape that kysely's SQLite dialect drives. Rows come back as plain objects; integers
 * beyond 2^53 do not occur, since times are milliseconds. Statements are prepared once: for a short one that takes longer
 * than running it. SQLite itself prepares one again where the tables have changed.
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
    // The newest goes to the end, so that the one unused for longest is at the beginning.
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
      // kysely's compiler only ever binds what the queries pass: strings, numbers, null and bytes.
      const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        // Read row by row, during which the same statement may be run again: it is not a kept one.
        iterate: (parameters) => database.prepare(sql).iterate(...bind(parameters)),
      };
    },
  };
}
