import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type FilterContext,
  type SortOrder,
  TEXT_FIELDS,
  type Term,
} from '../../../src/core/filter/filter.ts';
import { matches } from '../../../src/core/filter/matches.ts';
import { failedDevices } from '../../../src/core/task/tally.ts';
import type { Task } from '../../../src/core/task/task.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { findTasks } from '../../../src/store/task/find-tasks.ts';
import { writeWatchedTasks } from '../../../src/store/task/write-tasks.ts';
import fc from '../../properties.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW, newlySeen, sampleTask } from '../samples.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function fill(tasks: readonly Task[], vanished: ReadonlySet<string> = new Set()): Promise<void> {
  await store.db.deleteFrom('task').execute();
  await store.db.deleteFrom('task_target').execute();
  await store.db.deleteFrom('known_name').execute();
  await writeWatchedTasks(
    store.db,
    tasks.map((task) => newlySeen(task, { vanishedAt: vanished.has(task.operationId) ? NOW : null })),
  );
}

const CONTEXT: FilterContext = { now: NOW, zone: 'Asia/Shanghai' };
const STATUS = ['waiting', 'running', 'failed', 'succeeded', 'stopped', 'unknown'] as const;
const TYPE = ['firmware', 'software', 'unknown'] as const;
/** Few words, so that filters and tasks meet: the same text in other letters, blanks, wildcards and quotes included. */
const WORDS = ['WM20', 'wm20', 'ＷＭ２０', 'WM 20', 'W%', 'W_20', "O'Neill", 'O’NEILL', 'ü', 'u\u0308', ''];
const HOUR = 3_600_000;

const word = fc.constantFrom(...WORDS);
const some = fc.uniqueArray(word, { maxLength: 3 });
const count = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null });
const taskWith = (operationId: string) =>
  fc
    .record({
      type: fc.constantFrom(...TYPE),
      status: fc.constantFrom(...STATUS),
      // Around the borders of the times asked for, often twice the same, sometimes unknown.
      createTime: fc.option(
        fc.integer({ min: -4, max: 1 }).map((hours) => NOW + hours * HOUR),
        { nil: null },
      ),
      targets: fc.record({
        deviceGroups: some,
        devices: some,
        deviceType: fc.option(word, { nil: null }),
        model: fc.option(word, { nil: null }),
        manufacturerName: fc.option(word, { nil: null }),
      }),
      tally: fc.record({ total: count, failed: count, timedOut: count }),
    })
    .map((words) => sampleTask({ operationId, ...words }));
const ids = fc.uniqueArray(fc.constantFrom(...'ABCabcXYZ019._:-', 'op-1', 'op-10', 'OP-1'), {
  maxLength: 14,
});
const taskSet = ids.chain((names) => fc.tuple(...names.map(taskWith)));

const values = (from: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 });
const valueTerm = (field: 'status' | 'type' | (typeof TEXT_FIELDS)[number], from: readonly string[]) =>
  fc.record({ field: fc.constant(field), values: values(from), not: fc.boolean() });
const term: fc.Arbitrary<Term> = fc.oneof(
  valueTerm('status', STATUS),
  valueTerm('type', TYPE),
  ...TEXT_FIELDS.map((field) => valueTerm(field, field === 'task' ? ['op-1', 'OP-1', 'a'] : WORDS)),
  fc.record({
    field: fc.constantFrom('since' as const, 'before' as const),
    time: fc.oneof(
      fc.record({
        kind: fc.constant('ago' as const),
        amount: fc.integer({ min: 0, max: 4 }),
        unit: fc.constant('h' as const),
      }),
      fc.record({
        kind: fc.constantFrom('local' as const, 'utc' as const),
        text: fc.constantFrom('2024-03-11', '2024-03-11T12:00', '2024-03-11T04:05'),
      }),
    ),
  }),
  fc.record({
    field: fc.constant('fail' as const),
    comparison: fc.constantFrom('>' as const, '>=' as const),
    amount: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(12.5, 33.3, 0.1)),
    unit: fc.constantFrom('devices' as const, 'percent' as const),
  }),
);

/** The order of the mirror, said without SQL: unknown times and numbers count as zero, ids decide the rest. */
function inOrder(tasks: readonly Task[], sort: SortOrder | null): readonly string[] {
  const failed = (task: Task) => (sort === 'failed' ? (failedDevices(task.tally) ?? 0) : 0);
  return [...tasks]
    .sort(
      (one, other) =>
        failed(other) - failed(one) ||
        (other.createTime ?? 0) - (one.createTime ?? 0) ||
        (one.operationId < other.operationId ? -1 : 1),
    )
    .map(({ operationId }) => operationId);
}

async function allPages(terms: readonly Term[], sort: SortOrder | null, size: number) {
  const found: string[] = [];
  const totals = new Set<number>();
  for (let page = 1; ; page += 1) {
    const { tasks, total } = await findTasks(store.db, { terms, sort, page, size }, CONTEXT);
    totals.add(total);
    found.push(...tasks.map(({ operationId }) => operationId));
    if (tasks.length < size) return { found, totals: [...totals] };
  }
}

describe('the tasks found in the mirror', () => {
  test('are, for any filter and any tasks, those the filter lets through, in order, on pages without gap or repeat', async () => {
    await fc.assert(
      fc.asyncProperty(
        taskSet,
        fc.array(term, { maxLength: 3 }),
        fc.constantFrom(null, 'created' as const, 'failed' as const),
        fc.integer({ min: 1, max: 6 }),
        async (tasks, terms, sort, size) => {
          await fill(tasks);
          const wanted = tasks.filter((task) => matches(task, terms, CONTEXT));
          const { found, totals } = await allPages(terms, sort, size);
          expect(found).toEqual(inOrder(wanted, sort));
          expect(totals).toEqual([wanted.length]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('come back whole, as the platform showed them', async () => {
    const task = sampleTask({ operationId: 'op-1', extendPara: { x: [1] }, tally: { total: 4, failed: 2 } });
    await fill([task]);
    const { tasks } = await findTasks(store.db, { terms: [], sort: null, page: 1, size: 10 }, CONTEXT);
    expect(tasks).toEqual([task]);
  });

  test('leave out what vanished from the platform', async () => {
    await fill([sampleTask({ operationId: 'here' }), sampleTask({ operationId: 'gone' })], new Set(['gone']));
    const { found, totals } = await allPages([], null, 10);
    expect([found, totals]).toEqual([['here'], [1]]);
  });

  test('beyond the last page are none, and the total is still said', async () => {
    await fill([sampleTask({ operationId: 'op-1' })]);
    const beyond = await findTasks(store.db, { terms: [], sort: null, page: 9, size: 10 }, CONTEXT);
    expect(beyond).toEqual({ tasks: [], total: 1 });
  });

  test('five percent of sixty devices are three, not a hair less', async () => {
    await fill([sampleTask({ operationId: 'op-1', tally: { total: 60, failed: 3 } })]);
    const share = (comparison: '>' | '>=') =>
      [{ field: 'fail', comparison, amount: 5, unit: 'percent' }] as const;
    expect((await allPages(share('>='), null, 10)).found).toEqual(['op-1']);
    expect((await allPages(share('>'), null, 10)).found).toEqual([]);
  });
});
