import { resolve } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import { openNodeSqlite } from './node-sqlite.ts';
import type { Schema } from './schema.ts';

/**
 * Opens a SQLite store that another process of this program holds, without its lock and without migrating it: for a short
 * look, and for counting a call or keeping a token in it. SQLite itself orders what both write.
 */
export function openBeside(path: string): {
  readonly db: Kysely<Schema>;
  readonly close: () => Promise<void>;
} {
  const sqlite = openNodeSqlite(resolve(path));
  sqlite.exec('pragma busy_timeout = 5000;');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  return { db, close: () => db.destroy() };
}
