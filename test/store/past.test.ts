import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { NO_ALARMS } from '../../src/core/task/watched-task.ts';
import { readChangesSince, readLatestChanges } from '../../src/store/change/changes.ts';
import { readSnapshotsSince } from '../../src/store/change/snapshots.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { readDecisionsSince } from '../../src/store/notification/decisions.ts';
import { findMovedSince, findPassing } from '../../src/store/task/find-tasks.ts';
import { readWatchedTasks } from '../../src/store/task/tasks.ts';
import { writeAlarms, writeWatchedTasks } from '../../src/store/task/write-tasks.ts';
import { openTestStore } from './open-test-store.ts';
import { NOW, newlySeen, sampleTask } from './samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const CONTEXT = { now: NOW, zone: 'UTC' };

async function change(id: string, operationId: string, kind: string, noticedAt: number): Promise<void> {
  const row = { id, operation_id: operationId, kind, at: noticedAt - 1, noticed_at: noticedAt };
  await store.db.insertInto('change').values(row).execute();
}

describe('what happened', () => {
  test('since a moment, latest first, of more the latest', async () => {
    for (const n of [1, 2, 3, 4]) await change(`c-${n}`, `op-${n}`, 'failed', NOW + n);
    await change('c-9', 'op-9', 'of-a-later-version', NOW + 9);
    const since = async (moment: number, most: number) =>
      (await readChangesSince(store.db, moment, most)).map(({ operationId }) => operationId);
    expect(await since(NOW + 2, 10)).toEqual(['op-4', 'op-3', 'op-2']);
    expect(await since(NOW, 3)).toEqual(['op-4', 'op-3']);
  });

  test('to one task, oldest first, of more the latest', async () => {
    for (const n of [1, 2, 3]) await change(`c-${n}`, 'op-1', 'failed', NOW + n);
    await change('c-9', 'op-2', 'failed', NOW);
    const latest = async (most: number) =>
      (await readLatestChanges(store.db, 'op-1', most)).map(({ noticedAt }) => noticedAt - NOW);
    expect(await latest(9)).toEqual([1, 2, 3]);
    expect(await latest(2)).toEqual([2, 3]);
  });

  test('and since when decisions are kept', async () => {
    expect(await readDecisionsSince(store.db)).toBeNull();
    const row = {
      channel: 'C1',
      operation_id: 'op-1',
      kind: 'failed',
      at: NOW,
      reason: 'muted',
      notification_id: null,
    };
    for (const noticedAt of [NOW + 5, NOW + 2])
      await store.db
        .insertInto('decision')
        .values({ ...row, noticed_at: noticedAt })
        .execute();
    expect(await readDecisionsSince(store.db)).toBe(NOW + 2);
  });
});

describe('tasks of the past', () => {
  const { terms } = parseTerms('firmware');

  test('are found by a filter, those the platform no longer knows as well', async () => {
    await writeWatchedTasks(store.db, [
      newlySeen(sampleTask({ operationId: 'a' })),
      newlySeen(sampleTask({ operationId: 'b', type: 'software' })),
      newlySeen(sampleTask({ operationId: 'c', createTime: null }), { vanishedAt: NOW }),
    ]);
    const found = await findPassing(store.db, ['a', 'b', 'c', 'unknown'], terms, CONTEXT);
    expect(found).toEqual(
      new Map([
        ['a', NOW - 60_000],
        ['c', null],
      ]),
    );
    expect(await findPassing(store.db, [], terms, CONTEXT)).toEqual(new Map());
  });

  test('are found by when they moved, and active ones always', async () => {
    await writeWatchedTasks(store.db, [
      newlySeen(sampleTask({ operationId: 'still' }), { movedAt: NOW - 10 }),
      newlySeen(sampleTask({ operationId: 'ended', status: 'failed' }), { movedAt: NOW - 10 }),
      newlySeen(sampleTask({ operationId: 'lately', status: 'failed' }), { movedAt: NOW }),
      newlySeen(sampleTask({ operationId: 'gone' }), { movedAt: NOW, vanishedAt: NOW }),
      newlySeen(sampleTask({ operationId: 'other', type: 'software' }), { movedAt: NOW }),
    ]);
    const found = await findMovedSince(store.db, terms, CONTEXT, { since: NOW, most: 9 });
    expect([...found.keys()].sort()).toEqual(['gone', 'lately', 'still']);
    expect((await findMovedSince(store.db, terms, CONTEXT, { since: NOW, most: 2 })).size).toBe(2);
  });
});

describe('snapshots since a moment', () => {
  async function see(operationId: string, ...moments: readonly number[]): Promise<void> {
    for (const at of moments) {
      const task = sampleTask({ operationId, tally: { succeeded: at } });
      await writeWatchedTasks(store.db, [newlySeen(task, { movedAt: NOW + at })]);
    }
  }
  const read = async (most: number, ids = ['a', 'b', 'c']) => {
    const { snapshots, whole } = await readSnapshotsSince(store.db, ids, NOW, most);
    const moments = [...snapshots].map(([id, some]) => [id, ...some.map(({ at }) => at - NOW)]);
    return { moments, whole };
  };

  test('begin with how a task stood then', async () => {
    await see('a', -9, -5, 3, 4);
    await see('b', 2);
    await see('c', -7);
    expect(await read(99)).toEqual({
      moments: [
        ['a', -5, 3, 4],
        ['b', 2],
        ['c', -7],
      ],
      whole: true,
    });
    await see('b', 0);
    expect((await read(99, ['b'])).moments).toEqual([['b', 0, 2]]);
  });

  test('are read up to a number of lines, and say so', async () => {
    await see('a', 1, 2, 3);
    expect((await read(3)).whole).toBe(true);
    expect((await read(2)).whole).toBe(false);
    expect(await read(9, [])).toEqual({ moments: [], whole: true });
  });
});

test('alarms are remembered without anything else', async () => {
  const before = newlySeen(sampleTask({ operationId: 'a' }), { alarms: { ...NO_ALARMS, failing: true } });
  await writeWatchedTasks(store.db, [before, newlySeen(sampleTask({ operationId: 'b' }))]);
  const own = { ...NO_ALARMS, failing: true, own: ['stalled:1'] };
  await writeAlarms(store.db, new Map([['a', own]]));
  const tasks = await readWatchedTasks(store.db, ['a', 'b']);
  expect(tasks.get('a')).toEqual({ ...before.after, alarms: own });
  expect(tasks.get('b')?.alarms).toEqual(NO_ALARMS);
});
