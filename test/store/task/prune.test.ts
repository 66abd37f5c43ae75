import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PlannedMessage } from '../../../src/core/notification/planned-notification.ts';
import type { DeviceResult, TaskStatus } from '../../../src/core/task/task.ts';
import { writeChanges } from '../../../src/store/change/changes.ts';
import { countSnapshots } from '../../../src/store/change/thin-histories.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import type { NotificationState } from '../../../src/store/engine/outbox-schema.ts';
import { acknowledge } from '../../../src/store/notification/acknowledgements.ts';
import { writeMute } from '../../../src/store/notification/mutes.ts';
import { writeOutbox } from '../../../src/store/notification/outbox.ts';
import {
  markDevicesRead,
  readNextUnreadFailures,
  readResultsOfTask,
  writeDeviceResults,
} from '../../../src/store/task/device-results.ts';
import { prune, REMEMBERED, takePruning } from '../../../src/store/task/prune.ts';
import { readMirroredTasks, readWatchedTasks } from '../../../src/store/task/tasks.ts';
import { writeWatchedTasks } from '../../../src/store/task/write-tasks.ts';
import { openTestStore } from '../open-test-store.ts';
import { message, notification } from '../outbox-samples.ts';
import { NOW, newlySeen, sampleTask, watched } from '../samples.ts';
import { writeHistory } from '../snapshot-samples.ts';

const DAY = 86_400_000;
const ALL = { status: null, offset: 0, limit: 10 };

function sampleResult(deviceId: string): DeviceResult {
  const times = { createTime: null, startTime: null, stopTime: null };
  const unknown = { subOperationId: null, detailInfo: null, extendInfo: {} };
  return { deviceId, status: 'failed', statusWord: 'fail', ...times, ...unknown };
}

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const STATES: readonly NotificationState[] = [
  ...(['pending', 'sending', 'held', 'suspended', 'sent'] as const),
  ...(['merged', 'refused', 'expired', 'withdrawn'] as const),
];

async function write(name: string, noticedAt: number): Promise<void> {
  const ids = STATES.flatMap((state) => [`${name} root ${state}`, `${name} reply ${state}`]);
  await writeOutbox(store.db, {
    messages: [message(name, { operationIds: [name] })],
    notifications: ids.map((id) =>
      notification(id, { place: id.includes('root') ? 'root' : 'reply', messageId: name, noticedAt }),
    ),
    edits: [],
    decisions: [
      {
        channel: 'C1',
        operationId: name,
        kind: 'failed',
        at: 0,
        noticedAt,
        reason: 'first-notification',
        notificationId: null,
      },
    ],
  });
  for (const state of STATES) {
    await store.db
      .updateTable('notification')
      .set({ state })
      .where('id', 'like', `${name} % ${state}`)
      .execute();
  }
  const changes = [{ kind: 'failed' as const, at: 0 }];
  await writeChanges(store.db, [{ task: sampleTask({ operationId: name }), movedAt: 0, changes }], {
    ...{ now: noticedAt, newId: () => name },
  });
}

test('what is old and settled is forgotten; posted roots and what is not settled stay, whatever their age', async () => {
  await write('old', NOW - REMEMBERED - 1);
  await write('young', NOW - REMEMBERED);
  await prune(store.db, NOW);
  const left = await store.db
    .selectFrom('notification')
    .select('id')
    .where('id', 'like', 'old %')
    .orderBy('seq')
    .execute();
  expect(left.map(({ id }) => id)).toEqual([
    ...['old root pending', 'old reply pending', 'old root sending', 'old reply sending'],
    ...['old root held', 'old reply held', 'old root suspended', 'old reply suspended', 'old root sent'],
  ]);
  const young = await store.db
    .selectFrom('notification')
    .select('id')
    .where('id', 'like', 'young %')
    .execute();
  expect(young).toHaveLength(2 * STATES.length);
  for (const table of ['decision', 'change'] as const) {
    const rows = await store.db.selectFrom(table).select('operation_id').execute();
    expect(rows.map(({ operation_id }) => operation_id)).toEqual(['young']);
  }
});

/** A task that last moved so long ago, with everything that can be kept of one. */
async function keepAll(id: string, status: TaskStatus, movedAt: number, words: Partial<PlannedMessage> = {}) {
  const { db } = store;
  await writeWatchedTasks(db, [newlySeen(sampleTask({ operationId: id, status }), { movedAt })]);
  await writeHistory(db, id, 20, movedAt - DAY);
  await writeDeviceResults(db, id, [sampleResult('d-1')], movedAt);
  await markDevicesRead(db, id, 'failed', movedAt);
  await acknowledge(db, 'C1', id, { by: 'U1', at: movedAt });
  await writeMute(db, 'C1', id, { until: null, by: 'U1', at: movedAt });
  await writeOutbox(db, {
    ...{ messages: [message(id, { operationIds: [id], ...words })], edits: [], decisions: [] },
    notifications: [notification(id, { operationId: id, messageId: id, noticedAt: movedAt })],
  });
  await db.updateTable('notification').set({ state: 'sent' }).where('id', '=', id).execute();
}

const OF_TASKS = [
  'snapshot',
  'device_result',
  'device_reading',
  'acknowledgement',
  'mute',
  'thread',
] as const;

/** Which tasks each table still speaks of. */
async function keptOf(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const table of OF_TASKS) {
    const rows = await store.db.selectFrom(table).select('operation_id').distinct().execute();
    for (const { operation_id } of rows) found.add(`${operation_id} ${table}`);
  }
  for (const { id } of await store.db.selectFrom('message').select('id').execute())
    found.add(`${id} message`);
  for (const { id } of await store.db.selectFrom('notification').select('id').execute())
    found.add(`${id} notification`);
  return found;
}

const everythingOf = (...ids: readonly string[]) =>
  new Set(ids.flatMap((id) => [...OF_TASKS, 'message', 'notification'].map((table) => `${id} ${table}`)));

describe('what is kept of a task', () => {
  test('is forgotten 90 days after it ended, but for the task itself', async () => {
    await keepAll('ended', 'failed', NOW - REMEMBERED - 1);
    await keepAll('lately', 'failed', NOW - REMEMBERED);
    await prune(store.db, NOW);
    expect(await keptOf()).toEqual(everythingOf('lately'));
    expect((await readWatchedTasks(store.db, ['ended'])).get('ended')?.task.status).toBe('failed');
  });

  test('stays while it has not ended, however long ago it moved', async () => {
    await keepAll('running', 'running', NOW - 2 * REMEMBERED);
    await prune(store.db, NOW);
    expect(await keptOf()).toEqual(everythingOf('running'));
  });

  test('is forgotten of one that the platform no longer knows', async () => {
    await keepAll('gone', 'running', NOW - 2 * REMEMBERED);
    const before = (await readMirroredTasks(store.db, ['gone'])).get('gone') ?? null;
    const memory = { movedAt: NOW - 2 * REMEMBERED, vanishedAt: NOW - REMEMBERED - 1 };
    const after = watched(sampleTask({ operationId: 'gone' }), memory);
    await writeWatchedTasks(store.db, [{ before, after }]);
    await prune(store.db, NOW);
    expect(await keptOf()).toEqual(new Set());
  });

  test('is forgotten of thousands at once', async () => {
    const ids = Array.from({ length: 2_300 }, (_, index) => `op-${index}`);
    await writeWatchedTasks(
      store.db,
      ids.map((operationId) => newlySeen(sampleTask({ operationId, status: 'succeeded' }), { movedAt: 0 })),
    );
    await writeOutbox(store.db, {
      ...{ messages: ids.map((id) => message(id, { operationIds: [id] })), edits: [], decisions: [] },
      notifications: ids.flatMap((id) => [
        notification(id, { operationId: id, messageId: id, noticedAt: 0 }),
        notification(`${id} reply`, { place: 'reply', operationId: id, messageId: id, noticedAt: 0 }),
      ]),
    });
    await store.db.updateTable('notification').set({ state: 'sent' }).execute();
    await prune(store.db, NOW);
    expect(await keptOf()).toEqual(new Set());
  });

  test('was read again since: then that stays for as long', async () => {
    await keepAll('ended', 'failed', NOW - REMEMBERED - 1);
    await writeDeviceResults(store.db, 'ended', [sampleResult('d-2')], NOW);
    await prune(store.db, NOW);
    const results = await store.db.selectFrom('device_result').select('device_id').execute();
    expect(results).toEqual([{ device_id: 'd-2' }]);
    await writeDeviceResults(store.db, 'ended', [sampleResult('d-1')], NOW - REMEMBERED - 1);
    await markDevicesRead(store.db, 'ended', 'failed', NOW);
    await prune(store.db, NOW);
    // A reading that stays says that devices without a result did not fail: none of its results may go.
    expect((await readResultsOfTask(store.db, 'ended', ALL)).total).toBe(2);
  });

  test('once forgotten is not read again by itself', async () => {
    const failed = sampleTask({ operationId: 'ended', status: 'failed', tally: { total: 9, failed: 1 } });
    await writeWatchedTasks(store.db, [newlySeen(failed, { movedAt: NOW - REMEMBERED - 1 })]);
    expect(await readNextUnreadFailures(store.db, NOW - REMEMBERED)).toBeUndefined();
    expect(await readNextUnreadFailures(store.db, NOW - REMEMBERED - 1)).toBe('ended');
  });

  test('less of the course stays 7 days after the end', async () => {
    for (const [id, status, ended] of [
      ['ended', 'failed', 7 * DAY + 1],
      ['lately', 'failed', 7 * DAY],
      ['running', 'running', 8 * DAY],
    ] as const) {
      await writeWatchedTasks(store.db, [
        newlySeen(sampleTask({ operationId: id, status }), { movedAt: NOW - ended }),
      ]);
      await writeHistory(store.db, id, 150, NOW - 20 * DAY);
    }
    await prune(store.db, NOW);
    const left = await countSnapshots(store.db, ['ended', 'lately', 'running']);
    expect([left.get('lately'), left.get('running')]).toEqual([151, 151]);
    expect(left.get('ended')).toBeLessThanOrEqual(40);
    expect(left.get('ended')).toBeGreaterThan(25);
  });
});

describe('a message', () => {
  const old = NOW - REMEMBERED - 1;

  test('about several tasks stays for as long as one of them may move', async () => {
    await keepAll('first', 'failed', old, { kind: 'summary', operationIds: ['first', 'second'] });
    await writeWatchedTasks(store.db, [newlySeen(sampleTask({ operationId: 'second' }), { movedAt: old })]);
    await prune(store.db, NOW);
    expect([...(await keptOf())].sort()).toEqual([
      'first message',
      'first notification',
      'first thread',
      'second snapshot',
      'second thread',
    ]);
  });

  test.each([
    ['that is younger', 'sent', NOW],
    ['that is not settled', 'held', old],
  ] as const)(
    'stays for as long as there is a notification %s in its thread',
    async (_, state, noticedAt) => {
      await keepAll('op', 'failed', old);
      const reply = notification('reply', { place: 'reply', operationId: 'op', messageId: 'op', noticedAt });
      await writeOutbox(store.db, { messages: [], notifications: [reply], edits: [], decisions: [] });
      await store.db.updateTable('notification').set({ state }).where('id', '=', 'reply').execute();
      await prune(store.db, NOW);
      expect([...(await keptOf())].sort()).toEqual([
        'op message',
        'op notification',
        'op thread',
        'reply notification',
      ]);
    },
  );

  test('about the watch itself is forgotten by its age', async () => {
    await writeOutbox(store.db, {
      ...{ messages: [message('blind', { kind: 'blind', operationIds: [] })], edits: [], decisions: [] },
      notifications: [notification('blind', { operationId: null, messageId: 'blind', noticedAt: old })],
    });
    await prune(store.db, NOW);
    expect(await keptOf()).toEqual(new Set(['blind message', 'blind notification']));
    await store.db.updateTable('notification').set({ state: 'sent' }).execute();
    await prune(store.db, NOW);
    expect(await keptOf()).toEqual(new Set());
  });
});

describe('it is time to prune', () => {
  test('once a day, for one of those who ask', async () => {
    const takes = await Promise.all([takePruning(store.db, NOW), takePruning(store.db, NOW)]);
    expect([...takes].sort()).toEqual([false, true]);
    expect(await takePruning(store.db, NOW + DAY - 1)).toBe(false);
    expect(await takePruning(store.db, NOW + DAY)).toBe(true);
  });

  test('after the clock was set back by more than that', async () => {
    await takePruning(store.db, NOW + 30 * DAY);
    expect(await takePruning(store.db, NOW)).toBe(true);
  });
});
