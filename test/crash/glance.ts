import { Kysely, SqliteDialect } from 'kysely';
import { openNodeSqlite } from '../../src/store/node-sqlite.ts';
import { readBusyChannels } from '../../src/store/outbox.ts';
import type { Schema } from '../../src/store/schema.ts';

/** Looks into the store of a bot that runs, from beside it. */
export interface Glance {
  /** Whether every notice was delivered and every root shows the present state. */
  outboxIsEmpty(): Promise<boolean>;
  close(): Promise<void>;
}

export function openGlance(path: string): Glance {
  const database = openNodeSqlite(path);
  database.exec('pragma busy_timeout = 5000; pragma query_only = on;');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  return {
    outboxIsEmpty: async () => (await readBusyChannels(db)).length === 0,
    close: () => db.destroy(),
  };
}
