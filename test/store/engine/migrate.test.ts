import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import { migrate } from '../../../src/store/engine/migrate.ts';
import * as first from '../../../src/store/engine/migrations/001-first.ts';
import { openNodeSqlite } from '../../../src/store/engine/node-sqlite.ts';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import type { Schema } from '../../../src/store/engine/schema.ts';
import { contentOf } from '../../../src/store/notification/notification-content.ts';
import { readSubscriptions } from '../../../src/store/subscription/subscriptions.ts';
import { findTasks } from '../../../src/store/task/find-tasks.ts';
import { readWatchedTasks } from '../../../src/store/task/tasks.ts';
import { temporaryFolder } from '../folder.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW, sampleTask, watched } from '../samples.ts';
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
        'notice',
        'platform_call',
        'seen_event',
      ],
      ...['sight', 'subscription', 'task'],
      ...['task_body', 'task_target', 'thread', 'watch_state'],
    ]);
    await migrate(store.db, onPostgres() ? 'public' : null);
    expect(await tables()).toEqual(present);
    await store.close();
  });

  test('take a store of the first version along with what it holds', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const old = new Kysely<Schema>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
    const provider = { getMigrations: async () => ({ '001-first': first }) };
    expect((await new Migrator({ db: old, provider }).migrateToLatest()).error).toBeUndefined();
    const task = sampleTask({
      operationId: 'op-1',
      targets: { model: 'WM20', deviceGroups: ['North'] },
      tally: { total: 3, wait: 0, success: 2, fail: 1 },
    });
    const { alarms, firstSeenAt, seenAt, movedAt } = watched(task);
    await old
      .insertInto('task')
      .values({
        operation_id: 'op-1',
        type: task.type,
        status: task.status,
        active: 1,
        create_time: task.createTime,
        start_time: null,
        stop_time: null,
        device_type: null,
        model: 'WM20',
        manufacturer_name: null,
        total: 3,
        failed_devices: 1,
        first_seen_at: firstSeenAt,
        seen_at: seenAt,
        moved_at: movedAt,
        alarms: JSON.stringify(alarms),
        vanished_at: null,
      })
      .execute();
    await old
      .insertInto('task_body')
      .values({ operation_id: 'op-1', task: JSON.stringify(task) })
      .execute();
    await old
      .insertInto('task_target')
      .values({ operation_id: 'op-1', kind: 'group', value: 'North' })
      .execute();
    await old.destroy();
    const store = await openSqlite(path);
    expect((await readWatchedTasks(store.db, ['op-1'])).get('op-1')?.task).toEqual(task);
    // Each thing in one place, or the copy that is not written would be an old one.
    const { operationId, status, startTime, stopTime, tally, ...rest } = task;
    const bodies = await store.db.selectFrom('task_body').select('task').execute();
    expect(bodies.map((body) => JSON.parse(body.task))).toEqual([rest]);
    const terms = parseTerms('model:wm20 group:north').terms;
    const found = await findTasks(
      store.db,
      { terms, sort: null, page: 1, size: 10 },
      { now: NOW, zone: 'UTC' },
    );
    expect(found.total).toBe(1);
    await store.close();
  });

  test('let notices and subscriptions of earlier versions mean what they meant', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const raw = openNodeSqlite(path);
    const old = new Kysely<Schema>({ dialect: new SqliteDialect({ database: raw }) });
    const provider = { getMigrations: async () => ({ '001-first': first }) };
    await new Migrator({ db: old, provider }).migrateToLatest();
    const entries = [{ operationId: 'op-1', change: 'failed', at: 1 }];
    const contents = [
      { kind: 'summary', away: true, noticedAt: 5, entries },
      { kind: 'summary', away: false, noticedAt: 5, entries },
      { kind: 'summary-part', noticedAt: 5, entries },
      { kind: 'change', change: 'failed', at: 1, noticedAt: 5, status: 'failed' },
    ];
    const sql = `insert into notice
      (id, channel, place, kind, broadcast, content, happened_at, noticed_at, state, attempts, due_at, doubtful)
      values (?, 'C1', 'root', ?, 0, ?, 1, 5, 'pending', 0, 5, 0)`;
    contents.forEach((content, index) => {
      raw.prepare(sql).run([String(index), content.kind, JSON.stringify(content)]);
    });
    raw
      .prepare(
        "insert into subscription (id, channel, filter, kinds, created_at) values ('s', 'C1', '', 'failed', 1)",
      )
      .run([]);
    await old.destroy();
    const store = await openSqlite(path);
    const rows = await store.db.selectFrom('notice').selectAll().orderBy('seq').execute();
    const today = entries.map((entry) => ({ ...entry, earlier: [] }));
    expect(rows.map(contentOf)).toMatchObject([
      { kind: 'summary', cause: 'away', entries: today, mentions: [] },
      { kind: 'summary', cause: 'storm', entries: today, mentions: [] },
      { kind: 'summary-part', entries: today },
      { kind: 'change', change: 'failed', movedAt: 5, mentions: [], earlier: [] },
    ]);
    expect(await readSubscriptions(store.db)).toMatchObject([
      { kinds: ['failed'], mentions: [], thresholds: {} },
    ]);
    await store.close();
  });

  test('the number of a notice is never given twice, even after the newest was deleted', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    await (await openSqlite(path)).close();
    const raw = new DatabaseSync(path);
    const { sql } = raw.prepare("select sql from sqlite_master where name = 'notice'").get() ?? {};
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
