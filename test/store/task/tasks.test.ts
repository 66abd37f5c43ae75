import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readTask } from '../../../src/platform/oceanconnect/read/read-task.ts';
import { readSnapshots } from '../../../src/store/change/snapshots.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { findTasks } from '../../../src/store/task/find-tasks.ts';
import {
  countByStatus,
  readActiveIds,
  readMirroredTasks,
  readStatuses,
  readWatchedTasks,
} from '../../../src/store/task/tasks.ts';
import { writeWatchedTasks } from '../../../src/store/task/write-tasks.ts';
import { called } from '../../core/tasks.ts';
import fc from '../../properties.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW, newlySeen, sampleTask, watched } from '../samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const byDevice = async (value: string) => {
  const terms = [{ field: 'device', values: [value], not: false }] as const;
  const request = { terms, sort: null, page: 1, size: 10 };
  const found = await findTasks(store.db, request, { now: NOW, zone: 'UTC' });
  return found.tasks.map(({ operationId }) => operationId);
};

/** What the mirror holds of a task, as the watch hands it back when it writes again. */
const mirrored = async (operationId: string) =>
  (await readMirroredTasks(store.db, [operationId])).get(operationId) ?? null;

test('whatever the platform sends, what was read of it can be kept and found', async () => {
  const strange = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.constant('\0'), fc.jsonValue());
  const row = fc.record({
    operationId: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 500 }), fc.constant('\ud800')),
    status: strange,
    operateType: strange,
    createTime: strange,
    staResult: fc.oneof(strange, fc.record({ total: fc.oneof(fc.maxSafeInteger(), strange), fail: strange })),
    targets: fc.record({ model: strange, devices: fc.array(strange, { maxLength: 3 }) }),
    extendPara: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
  });
  await fc.assert(
    fc.asyncProperty(row, async (sent) => {
      // As it arrives: through JSON.
      const task = readTask(JSON.parse(JSON.stringify(sent)));
      if (task === null) return;
      await writeWatchedTasks(store.db, [newlySeen(task)]);
      const found = await readWatchedTasks(store.db, [task.operationId]);
      expect(found.get(task.operationId)?.task).toEqual(JSON.parse(JSON.stringify(task)));
      await store.db.deleteFrom('task_target').execute();
    }),
    { numRuns: 100 },
  );
});

describe('a task in the mirror', () => {
  test('comes back with every field and everything remembered of it', async () => {
    const task = sampleTask({
      operationId: 'op-1',
      type: 'unknown',
      typeWord: 'a_type_of_tomorrow',
      status: 'unknown',
      statusWord: 'paused',
      createTime: null,
      startTime: NOW - 5,
      stopTime: NOW + 5,
      targets: { deviceGroups: ['g', 'ü "quoted"'], devices: ['d'], model: 'WM\u202e20' },
      policy: { executeType: 'custom', retryType: true, retryTimes: 3, endTime: NOW },
      tally: { total: 3, failed: 1, timedOut: null },
      extendPara: { nested: { list: [1, null, 'x'] } },
      unreadable: ['staResult.wait'],
    });
    const memory = {
      firstSeenAt: NOW - 3,
      seenAt: NOW - 1,
      movedAt: NOW - 2,
      alarms: {
        failing: true,
        stalled: false,
        overdue: 'past-end',
        own: ['stalled:60000'],
        past: [{ kind: 'stalled', at: NOW - 9, failed: 2, rule: 'stalled:60000' }],
      },
      active: false,
      vanishedAt: NOW,
    } as const;
    await writeWatchedTasks(store.db, [newlySeen(task, memory)]);
    const read = await readWatchedTasks(store.db, ['op-1', 'op-unknown']);
    expect([...read]).toEqual([['op-1', { task, ...memory }]]);
  });

  test('is overwritten by a later snapshot but for when it was first seen', async () => {
    const first = watched(sampleTask({ operationId: 'op-1' }), { firstSeenAt: NOW - 9 });
    await writeWatchedTasks(store.db, [{ before: null, after: first }]);
    const after = watched(sampleTask({ operationId: 'op-1', status: 'failed', type: 'software' }), {
      firstSeenAt: NOW - 9,
      movedAt: NOW + 1,
    });
    await writeWatchedTasks(store.db, [{ before: await mirrored('op-1'), after }]);
    expect((await readWatchedTasks(store.db, ['op-1'])).get('op-1')).toEqual(after);
    expect(await readActiveIds(store.db)).toEqual(new Set());
  });

  test('is found by the devices it is aimed at now, not by those of an earlier snapshot', async () => {
    const first = watched(sampleTask({ operationId: 'op-1', targets: { devices: ['d-1', 'd-1'] } }));
    await writeWatchedTasks(store.db, [{ before: null, after: first }]);
    expect(await byDevice('d-1')).toEqual(['op-1']);
    const after = watched(sampleTask({ operationId: 'op-1', targets: { devices: ['d-2'] } }));
    await writeWatchedTasks(store.db, [{ before: await mirrored('op-1'), after }]);
    expect([await byDevice('d-1'), await byDevice('d-2')]).toEqual([[], ['op-1']]);
  });

  test('leaves one line of history for each move and none for a look that saw no move', async () => {
    const first = watched(sampleTask({ operationId: 'op-1', tally: { succeeded: 0 } }), { movedAt: NOW });
    const still = { ...first, seenAt: NOW + 1 };
    const moved = watched(sampleTask({ operationId: 'op-1', tally: { succeeded: 1 } }), { movedAt: NOW + 2 });
    await writeWatchedTasks(store.db, [{ before: null, after: first }]);
    await writeWatchedTasks(store.db, [{ before: await mirrored('op-1'), after: still }]);
    await writeWatchedTasks(store.db, [{ before: await mirrored('op-1'), after: moved }]);
    const history = await readSnapshots(store.db, 'op-1');
    expect(history.map(({ at, tally, stood }) => [at, tally.succeeded, stood])).toEqual([
      [NOW, 0, null],
      [NOW + 2, 1, 2],
    ]);
  });

  test('has one line of history for a moment that comes again, since the clock was set back', async () => {
    const at = (movedAt: number, success: number) =>
      watched(sampleTask({ operationId: 'op-1', tally: { succeeded: success } }), { movedAt });
    const [first, second, again] = [at(NOW, 0), at(NOW + 5, 1), at(NOW, 2)];
    await writeWatchedTasks(store.db, [{ before: null, after: first }]);
    await writeWatchedTasks(store.db, [{ before: await mirrored('op-1'), after: second }]);
    await writeWatchedTasks(store.db, [{ before: await mirrored('op-1'), after: again }]);
    const history = await readSnapshots(store.db, 'op-1');
    expect(history.map(({ at, tally, stood }) => [at, tally.succeeded, stood])).toEqual([
      [NOW, 2, 0],
      [NOW + 5, 1, 5],
    ]);
  });

  test('counts as active while it waits, runs or is listed with those that do, unless it vanished', async () => {
    const words = ['waiting', 'running', 'paused', 'failed', 'succeeded', 'stopped'];
    const tasks = words.map((word) => newlySeen(sampleTask({ operationId: word, ...called(word) })));
    const gone = newlySeen(sampleTask({ operationId: 'gone' }), { vanishedAt: NOW });
    const over = newlySeen(sampleTask({ operationId: 'over', status: 'unknown', statusWord: 'archived' }), {
      active: false,
    });
    await writeWatchedTasks(store.db, [...tasks, gone, over]);
    expect(await readActiveIds(store.db)).toEqual(new Set(['waiting', 'running', 'paused']));
  });
});

describe('many tasks at once', () => {
  const many = Array.from({ length: 1_203 }, (_, index) =>
    newlySeen(sampleTask({ operationId: `op-${index}`, status: index % 3 === 0 ? 'failed' : 'succeeded' })),
  );

  test('more than one statement can bind are written, read and counted', async () => {
    await writeWatchedTasks(store.db, many);
    const ids = many.map(({ after }) => after.task.operationId);
    expect((await readWatchedTasks(store.db, ids)).size).toBe(1_203);
    const statuses = await readStatuses(store.db, [...ids, 'op-unknown']);
    expect([statuses.size, statuses.get('op-3'), statuses.get('op-4')]).toEqual([
      1_203,
      'failed',
      'succeeded',
    ]);
    expect(await countByStatus(store.db)).toEqual(
      expect.arrayContaining([
        { ...called('failed'), tasks: 401 },
        { ...called('succeeded'), tasks: 802 },
      ]),
    );
  });

  test('those in a status nobody knows are counted by the platform’s word, whatever it is', async () => {
    const words = ['paused', 'running', 'unknown:', '', 'paused'];
    const odd = words.map((statusWord, index) =>
      newlySeen(sampleTask({ operationId: `odd-${index}`, status: 'unknown', statusWord })),
    );
    await writeWatchedTasks(store.db, odd);
    const counted = await countByStatus(store.db);
    expect(counted.every(({ status }) => status === 'unknown')).toBe(true);
    expect(new Map(counted.map(({ statusWord, tasks }) => [statusWord, tasks]))).toEqual(
      new Map([
        ['paused', 2],
        ['running', 1],
        ['unknown:', 1],
        ['', 1],
      ]),
    );
  });

  test('vanished ones do not count', async () => {
    const gone = newlySeen(sampleTask({ operationId: 'gone', status: 'failed' }), { vanishedAt: NOW });
    await writeWatchedTasks(store.db, [gone, ...many.slice(0, 1)]);
    expect(await countByStatus(store.db)).toEqual([{ ...called('failed'), tasks: 1 }]);
  });

  test('nothing at all is written and read without a statement that binds nothing', async () => {
    await writeWatchedTasks(store.db, []);
    expect((await readWatchedTasks(store.db, [])).size).toBe(0);
    expect((await readStatuses(store.db, [])).size).toBe(0);
  });
});
