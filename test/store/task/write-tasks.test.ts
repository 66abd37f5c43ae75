import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Task } from '../../../src/core/task/task.ts';
import type { Alarms, WatchedTask } from '../../../src/core/task/watched-task.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { findTasks } from '../../../src/store/task/find-tasks.ts';
import { readMirroredTasks, readWatchedTasks } from '../../../src/store/task/tasks.ts';
import { writeWatchedTasks } from '../../../src/store/task/write-tasks.ts';
import { called } from '../../core/tasks.ts';
import fc from '../../properties.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW, sampleTask, watched } from '../samples.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const word = fc.constantFrom('a', 'ü');
const time = fc.constantFrom(null, NOW, NOW + 1);
const counter = fc.constantFrom(null, 0, 1);
const words = fc.constantFrom([], ['a'], ['a', 'b'], ['b', 'a']);
/** Every member of what is remembered of a task, each of few values. */
const members = {
  ...{ status: fc.constantFrom('running', 'failed', 'paused', 'archived'), type: word },
  ...{ createTime: time, startTime: time, stopTime: time },
  ...{ devices: words, deviceGroups: words, model: word, deviceType: word, manufacturerName: word },
  ...{ executeType: word, policyStart: time, endTime: time, retryType: fc.boolean(), retryTimes: counter },
  ...{ total: counter, wait: counter, processing: counter, success: counter },
  ...{ fail: counter, stop: counter, timeout: counter },
  extendPara: fc.constantFrom<Task['extendPara'][]>(
    {},
    { key: '1' },
    { key: 1 },
    { key: '\0' },
    { key: ['1'] },
    { other: '1' },
  ),
  unreadable: words,
  ...{ movedAt: fc.constantFrom(NOW, NOW + 1), active: fc.boolean(), vanishedAt: time },
  ...{ failing: fc.boolean(), stalled: fc.boolean(), own: words },
  past: fc.constantFrom<Alarms['past'][]>([], [{ kind: 'failed', at: NOW, failed: 1 }]),
  overdue: fc.constantFrom(null, 'not-started' as const, 'past-end' as const),
};
const anything = fc.record(members);
type Members = typeof anything extends fc.Arbitrary<infer Value> ? Value : never;

function remembered(operationId: string, seenAt: number, one: Members): WatchedTask {
  const { devices, deviceGroups, model, deviceType, manufacturerName } = one;
  const { executeType, policyStart: startTime, endTime, retryType, retryTimes } = one;
  const { total, wait, processing, success, fail, stop, timeout } = one;
  const { failing, stalled, overdue, own, past, movedAt, active, vanishedAt } = one;
  const task = sampleTask({
    ...{ operationId, ...called(one.status), typeWord: one.type },
    ...{ createTime: one.createTime, startTime: one.startTime, stopTime: one.stopTime },
    targets: { devices, deviceGroups, model, deviceType, manufacturerName },
    policy: { executeType, startTime, endTime, retryType, retryTimes },
    tally: {
      total,
      waiting: wait,
      running: processing,
      succeeded: success,
      failed: fail,
      stopped: stop,
      timedOut: timeout,
    },
    ...{ extendPara: one.extendPara, unreadable: one.unreadable },
  });
  return watched(task, {
    seenAt,
    movedAt,
    active,
    vanishedAt,
    alarms: { failing, stalled, overdue, own, past },
  });
}

const findable = async (field: 'device' | 'group', value: string) => {
  const terms = [{ field, values: [value], not: false }] as const;
  const found = await findTasks(
    store.db,
    { terms, sort: null, page: 1, size: 100 },
    { now: NOW, zone: 'UTC' },
  );
  return new Set(found.tasks.map(({ operationId }) => operationId));
};

/** Several tasks at once: what differs of one must neither reach nor spare another. */
const snapshots = fc.array(
  fc.record({
    first: anything,
    second: anything,
    // Mostly one member differs, or none: a difference that is overlooked shows only where it stands alone.
    differing: fc.subarray(Object.keys(members), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 20 },
);

test('what differs of a task is written, whatever it is, and what does not costs no statement', async () => {
  await fc.assert(
    fc.asyncProperty(snapshots, async (all) => {
      const before = all.map(({ first }, index) => remembered(`op-${index}`, NOW, first));
      const after = all.map(({ first, second, differing }, index) => {
        const changed = Object.fromEntries(
          Object.entries(second).filter(([name]) => differing.includes(name)),
        );
        return remembered(`op-${index}`, NOW + 9, { ...first, ...changed });
      });
      for (const table of ['task', 'task_body', 'task_target', 'snapshot'] as const)
        await store.db.deleteFrom(table).execute();
      const ids = before.map(({ task }) => task.operationId);
      const write = async (some: readonly WatchedTask[]) => {
        const mirrored = await readMirroredTasks(store.db, ids);
        await writeWatchedTasks(
          store.db,
          some.map((one) => ({ before: mirrored.get(one.task.operationId) ?? null, after: one })),
        );
      };
      await write(before);
      await write(after);
      const expected = after.map((one, index) => {
        const same =
          JSON.stringify({ ...before[index], seenAt: 0 }) === JSON.stringify({ ...one, seenAt: 0 });
        return { ...one, seenAt: same ? NOW : NOW + 9 };
      });
      const found = await readWatchedTasks(store.db, ids);
      expect(ids.map((id) => found.get(id))).toEqual(expected);
      const shown = after.filter(({ vanishedAt }) => vanishedAt === null).map(({ task }) => task);
      for (const value of ['a', 'b']) {
        const aimedAt = (named: (targets: Task['targets']) => readonly string[]) =>
          shown.filter(({ targets }) => named(targets).includes(value)).map(({ operationId }) => operationId);
        expect(await findable('device', value)).toEqual(new Set(aimedAt(({ devices }) => devices)));
        expect(await findable('group', value)).toEqual(new Set(aimedAt(({ deviceGroups }) => deviceGroups)));
      }
    }),
    { numRuns: 60 },
  );
});
