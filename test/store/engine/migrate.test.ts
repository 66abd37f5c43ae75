import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import { migrate } from '../../../src/store/engine/migrate.ts';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import { temporaryFolder } from '../folder.ts';
import { openTestStore } from '../open-test-store.ts';
import { onPostgres } from '../test-database.ts';

describe('the steps of the schema', () => {
  test('bring an empty store to the present tables, and again change nothing', async () => {
    const store = await openTestStore();
    const tables = async () => (await store.db.introspection.getTables()).map(({ name }) => name).sort();
    const present = await tables();
    expect(present).toEqual([
      ...['acknowledgement', 'change', 'channel_hours', 'channel_team', 'decision', 'device_reading'],
      ...[
        'device_result',
        'installation',
        'known_name',
        'lease',
        'message',
        'mute',
        'notification',
        'platform_call',
        'seen_event',
      ],
      ...['snapshot', 'subscription', 'task'],
      ...['task_body', 'task_target', 'thread', 'watch_state'],
    ]);
    await migrate(store.db, onPostgres() ? 'public' : null);
    expect(await tables()).toEqual(present);
    await store.close();
  });

  test('the number of a notification is never given twice, even after the newest was deleted', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    await (await openSqlite(path)).close();
    const raw = new DatabaseSync(path);
    const { sql } = raw.prepare("select sql from sqlite_master where name = 'notification'").get() ?? {};
    raw.close();
    expect(sql).toMatch(/"seq" integer primary key autoincrement/);
  });

  test('a store made by a newer version is refused, names the step, and its file stays byte for byte the same', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    await (await openSqlite(path)).close();
    const raw = new DatabaseSync(path);
    raw.exec("insert into kysely_migration values ('999-later', '2030-01-01T00:00:00.000Z')");
    raw.exec('create table something_new (a integer); insert into something_new values (1)');
    raw.close();
    const before = readFileSync(path);
    for (let start = 0; start < 2; start += 1) {
      await expect(openSqlite(path)).rejects.toMatchObject({
        code: 'store-newer',
        repeat: 'refused',
        message: expect.stringContaining('999-later'),
        advice: expect.stringContaining('Nothing was changed'),
      });
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  test('a newer store that keeps no write-ahead log is left that way', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const raw = new DatabaseSync(path);
    raw.exec('create table kysely_migration (name text primary key, timestamp text)');
    raw.exec("insert into kysely_migration values ('999-later', '2030-01-01T00:00:00.000Z')");
    raw.close();
    const before = readFileSync(path);
    await expect(openSqlite(path)).rejects.toMatchObject({ code: 'store-newer' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});
