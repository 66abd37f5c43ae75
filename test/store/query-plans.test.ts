import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely, type LogEvent, SqliteDialect } from 'kysely';
import type { ListRequest } from '../../src/core/filter/filter.ts';
import { readChangesSince, readLatestChanges } from '../../src/store/change/changes.ts';
import { readSnapshotsSince } from '../../src/store/change/snapshots.ts';
import { countSnapshots, thinHistories } from '../../src/store/change/thin-histories.ts';
import { openNodeSqlite } from '../../src/store/engine/node-sqlite.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { readDecisions, readDecisionsSince } from '../../src/store/notification/decisions.ts';
import {
  readHoldingChannels,
  readKeptBack,
  readQuietHoldingChannels,
} from '../../src/store/notification/held-notifications.ts';
import { replaceUnpostedRoots } from '../../src/store/notification/make-root.ts';
import { readNextNotification } from '../../src/store/notification/next-notification.ts';
import { readBusyChannels, readLastPost, readNextEdit } from '../../src/store/notification/outbox.ts';
import { recordSendings } from '../../src/store/notification/sendings.ts';
import { readHoursSet } from '../../src/store/subscription/channel-hours.ts';
import { readSubscriptionsOf } from '../../src/store/subscription/subscriptions.ts';
import { readKeepingChannels } from '../../src/store/subscription/suspension.ts';
import { findTasks } from '../../src/store/task/find-tasks.ts';
import { prune } from '../../src/store/task/prune.ts';
import { readActiveIds } from '../../src/store/task/tasks.ts';
import { writeWatchedTasks } from '../../src/store/task/write-tasks.ts';
import { type Folder, temporaryFolder } from './folder.ts';
import { NOW, newlySeen, sampleTask } from './samples.ts';
import { writeHistory } from './snapshot-samples.ts';

let folder: Folder;
let raw: DatabaseSync;
let db: Kysely<Schema>;
const sent: LogEvent[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  const store = await openSqlite(folder.in('upgrades.db'));
  const tasks = Array.from({ length: 3_000 }, (_, index) =>
    newlySeen(
      sampleTask({
        operationId: `op-${index}`,
        status: index % 100 === 0 ? 'running' : index % 2 === 0 ? 'failed' : 'succeeded',
        createTime: NOW - index * 1_000,
        targets: { devices: [`d-${index}`] },
      }),
    ),
  );
  await writeWatchedTasks(store.db, tasks);
  await store.close();
  raw = new DatabaseSync(folder.in('upgrades.db'));
  db = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: openNodeSqlite(folder.in('upgrades.db')) }),
    log: (event) => {
      sent.push(event);
    },
  });
});

afterAll(async () => {
  await db.destroy();
  raw.close();
  folder[Symbol.dispose]();
});

/** The plan of the last statement that the work sends, of those that hold a word. */
async function planOf(work: () => Promise<unknown>, word = ''): Promise<string> {
  sent.length = 0;
  await work();
  const last = sent.map(({ query }) => query).findLast((query) => query.sql.includes(word));
  if (last === undefined) throw new Error('no such statement was sent');
  // These queries bind strings and numbers only.
  const parameters = last.parameters as readonly (string | number)[];
  return raw
    .prepare(`explain query plan ${last.sql}`)
    .all(...parameters)
    .map(({ detail }) => String(detail))
    .join('\n');
}

const page = (request: Partial<ListRequest>) => () =>
  findTasks(
    db,
    { terms: [], sort: null, page: 1, size: 10, ...request },
    {
      now: NOW,
      zone: 'UTC',
    },
  );

describe('with many tasks in the mirror', () => {
  test('the newest tasks are read off their index, without a sort', async () => {
    const plan = await planOf(page({}), 'order by');
    expect(plan).toContain('INDEX task_newest');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('the newest tasks of one status are read off the index of the status', async () => {
    const plan = await planOf(
      page({ terms: [{ field: 'status', values: ['failed'], not: false }] }),
      'order by',
    );
    expect(plan).toContain('INDEX task_status_newest (status=?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('the tasks with most failed devices are read off theirs', async () => {
    const plan = await planOf(page({ sort: 'failed' }), 'order by');
    expect(plan).toContain('INDEX task_most_failed');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('the tasks of a device are looked up by the device', async () => {
    const plan = await planOf(
      page({ terms: [{ field: 'device', values: ['d-7'], not: false }] }),
      'order by',
    );
    expect(plan).toMatch(/SEARCH task_target USING COVERING INDEX \S+ \(value=\? AND kind=\?\)/);
    expect(plan).toMatch(/SEARCH task USING INDEX \S+ \(operation_id=\?\)/);
  });

  test('the active tasks are read without looking at the others', async () => {
    expect(await planOf(() => readActiveIds(db))).toContain('USING COVERING INDEX task_active');
  });

  test('the past is read no further back than it is asked for', async () => {
    expect(await planOf(() => readChangesSince(db, NOW, 10))).toContain(
      'INDEX change_noticed (noticed_at>?)',
    );
    expect(await planOf(() => readLatestChanges(db, 'op-1', 10))).toContain(
      'INDEX change_task (operation_id=?)',
    );
    expect(await planOf(() => readDecisionsSince(db))).toContain('INDEX decision_noticed');
    const snapshots = await planOf(() => readSnapshotsSince(db, ['op-1', 'op-2'], NOW, 10));
    expect(snapshots).toMatch(/SEARCH snapshot USING PRIMARY KEY \(operation_id=\? AND at>\?\)/);
    expect(snapshots).toMatch(/SEARCH earlier USING PRIMARY KEY \(operation_id=\? AND at<\?\)/);
  });

  test('the outbox is read without passing everything that was ever sent', async () => {
    expect(await planOf(() => readBusyChannels(db))).not.toMatch(/SCAN notification(?! USING)/);
    const next = await planOf(() => readNextNotification(db, 'C1'));
    expect(next).toContain('INDEX notification_turn (channel=?)');
    expect(next).toContain('SEARCH doubt USING INDEX notification_state (state=? AND channel=?)');
    expect(next).not.toContain('TEMP B-TREE');
    const last = await planOf(() => readLastPost(db, 'C1'));
    expect(last).toContain('INDEX notification_state (state=? AND channel=?)');
    expect(last).not.toContain('TEMP B-TREE');
    expect(await planOf(() => readNextEdit(db, 'C1'))).toContain('INDEX message_edit_due (channel=?)');
  });

  test('what is recorded of sendings is found by their numbers, however much else waits', async () => {
    const notification = { seq: 7, place: 'root', message_id: 'm-1' } as const;
    const record = (step: Parameters<typeof recordSendings>[1][number]) => () => recordSendings(db, [step]);
    const byNumber = 'SEARCH notification USING INTEGER PRIMARY KEY (rowid=?)';
    const intent = await planOf(record({ step: 'intent', notification, at: NOW }), 'update "notification"');
    expect(intent).toContain(byNumber);
    const receipt = { step: 'receipt', notification, ts: '1.1', at: NOW, loose: false, root: null } as const;
    expect(await planOf(record(receipt), 'update "notification"')).toContain(byNumber);
  });

  test('what is kept back is found without passing everything that was ever sent', async () => {
    const open = /USING (COVERING )?INDEX notification_state \(state=\?/;
    expect(await planOf(() => readHoldingChannels(db))).toMatch(open);
    expect(await planOf(() => readQuietHoldingChannels(db))).toMatch(open);
    expect(await planOf(() => readKeepingChannels(db), 'from "notification"')).toMatch(open);
    expect(await planOf(() => readKeptBack(db, 'C1'))).toContain(
      'notification_state (state=? AND channel=?)',
    );
    expect(await planOf(() => replaceUnpostedRoots(db, ['m-1']), 'from "notification"')).toContain(
      'INDEX notification_message (message_id=? AND place=?)',
    );
  });

  test('what was decided about one task is read off its index, newest first', async () => {
    const plan = await planOf(() => readDecisions(db, 'C1', 'op-1', 20));
    expect(plan).toContain('INDEX decision_task (operation_id=? AND channel=?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('what a channel wants to hear, and when, is read without what others want', async () => {
    expect(await planOf(() => readSubscriptionsOf(db, 'C1'))).toMatch(/SEARCH subscription .*\(channel=\?\)/);
    expect(await planOf(() => readHoursSet(db, 'C1'))).toMatch(/SEARCH channel_hours .*\(channel=\?\)/);
  });

  test('a history is counted, read and thinned without looking at any other', async () => {
    const counting = await planOf(() => countSnapshots(db, ['op-1', 'op-2']));
    expect(counting).toMatch(/^SEARCH snapshot USING PRIMARY KEY \(operation_id=\?\)/);
    await writeHistory(db, 'op-1', 50, NOW + 1);
    const thin = () => thinHistories(db, ['op-1'], 40);
    const reading = await planOf(thin, 'order by');
    expect(reading).toMatch(/^SEARCH snapshot USING PRIMARY KEY \(operation_id=\?\)/);
    expect(reading).not.toContain('TEMP B-TREE');
    await writeHistory(db, 'op-2', 50, NOW + 1);
    const deleting = await planOf(() => thinHistories(db, ['op-2'], 40), 'delete');
    expect(deleting).toMatch(/SEARCH snapshot USING PRIMARY KEY \(operation_id=\? AND at=\?\)/);
  });

  test('what is left of old tasks is looked for in no other table than those of them', async () => {
    await db.updateTable('task').set({ moved_at: 0 }).where('operation_id', '=', 'op-1').execute();
    for (const table of ['snapshot', 'device_reading', 'device_result'])
      expect(await planOf(() => prune(db, NOW), `delete from "${table}"`)).toMatch(
        new RegExp(`^SEARCH ${table} .*\\(operation_id=\\?`),
      );
    const messages = await planOf(() => prune(db, NOW), 'as "root"');
    expect(messages).toContain('SEARCH root USING INDEX notification_noticed (noticed_at<?)');
    expect(messages).toContain('SEARCH other USING INDEX notification_message (message_id=?)');
    expect(messages).not.toContain('SCAN');
  });

  test('what is old is found by its age', async () => {
    for (const table of ['decision', 'change']) {
      expect(await planOf(() => prune(db, NOW), `from "${table}"`)).toContain(
        `INDEX ${table}_noticed (noticed_at<?)`,
      );
    }
    const notifications = await planOf(() => prune(db, NOW), 'as "old"');
    expect(notifications).toContain('SEARCH old USING INDEX notification_noticed (noticed_at<?)');
  });
});
