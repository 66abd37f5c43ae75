import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { NO_TALLY } from '../../src/core/task/tally.ts';
import { readSights } from '../../src/store/change/snapshots.ts';
import * as first from '../../src/store/engine/migrations/001-first.ts';
import * as deviceResults from '../../src/store/engine/migrations/002-device-results.ts';
import * as telling from '../../src/store/engine/migrations/004-telling.ts';
import * as processes from '../../src/store/engine/migrations/007-processes.ts';
import * as histories from '../../src/store/engine/migrations/010-histories.ts';
import { openNodeSqlite } from '../../src/store/engine/node-sqlite.ts';
import { createPostgresPool } from '../../src/store/engine/postgres-pool.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { NOW } from './samples.ts';
import { createTestDatabase, onPostgres } from './test-database.ts';

let db: Kysely<Schema>;
let drop = async () => {};
beforeEach(async () => {
  const database = onPostgres() ? await createTestDatabase() : null;
  drop = database?.drop ?? drop;
  const dialect = database
    ? new PostgresDialect({ pool: createPostgresPool(database.url) })
    : new SqliteDialect({ database: openNodeSqlite(':memory:') });
  db = new Kysely<Schema>({ dialect });
  const steps = { '001': first, '002': deviceResults, '004': telling, '007': processes };
  await new Migrator({ db, provider: { getMigrations: async () => steps } }).migrateToLatest();
});
afterEach(async () => {
  await db.destroy();
  await drop();
});

test('histories of earlier versions keep their lines, one for each moment, and know how long the task had stood', async () => {
  const line = (id: string, after: number, tally: object) =>
    sql`insert into sight (operation_id, at, status, tally)
      values (${id}, ${NOW + after}, 'processing', ${JSON.stringify(tally)})`.execute(db);
  const tally = { total: 9, wait: 1, processing: 2, success: 3, fail: 0, stop: null, timeout: 4 };
  await line('op-1', 70, tally);
  await line('op-1', 0, {});
  await line('op-1', 70, tally);
  await line('op-2', 30, NO_TALLY);
  await histories.up(db);
  expect(await readSights(db, 'op-1')).toEqual([
    { at: NOW, status: 'processing', tally: NO_TALLY, stood: null },
    { at: NOW + 70, status: 'processing', tally, stood: 70 },
  ]);
  expect(await readSights(db, 'op-2')).toMatchObject([{ at: NOW + 30, stood: null }]);
});
