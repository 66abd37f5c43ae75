import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/**
 * Node's built-in SQLite in the shape that kysely's SQLite dialect drives. Rows come back as plain objects; integers
 * beyond 2^53 do not occur, since times are milliseconds.
 */
export function openNodeSqlite(path: string): SqliteDatabase & { readonly exec: (sql: string) => void } {
  const database = new DatabaseSync(path);
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      // kysely's compiler only ever binds what the queries pass: strings, numbers, null and bytes.
      const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)),
      };
    },
  };
}
