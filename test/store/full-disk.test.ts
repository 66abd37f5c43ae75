import { statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { openNodeSqlite } from '../../src/store/engine/node-sqlite.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { openInAnotherProcess } from './another-process.ts';
import { temporaryFolder } from './folder.ts';

/** A store whose tables are still to be made, with something in it. */
async function olderStore(path: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
  await new Migrator({ db, provider: { getMigrations: async () => ({}) } }).migrateToLatest();
  await sql`create table kept (value text)`.execute(db);
  await sql`insert into kept (value) values ('1')`.execute(db);
  await db.destroy();
}

/** What a file holds, read without opening it as a store. */
function contentsOf(path: string) {
  const sqlite = openNodeSqlite(path);
  const all = (text: string) => sqlite.prepare(text).all([]);
  const contents = {
    schema: all('select name, sql from sqlite_schema order by name'),
    migrations: all('select name from kysely_migration'),
    rows: all('select * from kept'),
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
    const { rows } = await sql`select value from kept`.execute(store.db);
    expect(rows).toEqual([{ value: '1' }]);
    await store.close();
  });
});
