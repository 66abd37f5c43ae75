import { statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as first from '../../src/store/engine/migrations/001-first.ts';
import * as deviceResults from '../../src/store/engine/migrations/002-device-results.ts';
import { openNodeSqlite } from '../../src/store/engine/node-sqlite.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { openInAnotherProcess } from './another-process.ts';
import { temporaryFolder } from './folder.ts';

/** A store as an earlier version left it, with something in it. */
async function olderStore(path: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
  const migrations = { '001-first': first, '002-device-results': deviceResults };
  await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  await sql`insert into watch_state (name, value) values ('kept', '1')`.execute(db);
  await db.destroy();
}

/** What a file holds, read without opening it as a store. */
function contentsOf(path: string) {
  const sqlite = openNodeSqlite(path);
  const all = (text: string) => sqlite.prepare(text).all([]);
  const contents = {
    schema: all('select name, sql from sqlite_schema order by name'),
    migrations: all('select name from kysely_migration'),
    rows: all('select * from watch_state'),
  };
  sqlite.close();
  return contents;
}

describe('a disk that is full', () => {
  test('refuses a new store with advice', async () => {
    using folder = temporaryFolder();
    const other = await openInAnotherProcess(folder.in('upgrades.db'), { fullAt: 16_384 });
    await other.kill();
    expect(other.said).toMatchObject({
      opened: false,
      code: 'store-full',
      advice: 'Free space on it and start again.',
    });
  });

  test('leaves an older store as it was, to be brought up to date when there is space again', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    await olderStore(path);
    const before = contentsOf(path);
    const other = await openInAnotherProcess(path, { fullAt: statSync(path).size });
    await other.kill();
    expect(other.said).toMatchObject({ opened: false, code: 'store-full' });
    expect(contentsOf(path)).toEqual(before);
    const store = await openSqlite(path);
    const rows = await store.db.selectFrom('watch_state').selectAll().execute();
    expect(rows).toEqual([{ name: 'kept', value: '1' }]);
    await store.close();
  });
});
