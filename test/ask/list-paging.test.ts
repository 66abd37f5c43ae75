import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { askList } from '../../src/ask/ask-list.ts';
import type { AskParts } from '../../src/ask/parts.ts';
import type { ListRequest } from '../../src/core/filter/filter.ts';
import { parseTerms, toListRequest } from '../../src/core/filter/parse-terms.ts';
import type { TaskList } from '../../src/core/question/answer.ts';
import { readListButton } from '../../src/core/question/list-button.ts';
import type { Task } from '../../src/core/task/task.ts';
import type { Platform } from '../../src/platform/port.ts';
import { ACTIONS } from '../../src/render/blocks/actions.ts';
import { taskList } from '../../src/render/task/task-list.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { readWatchState, writeWatchState } from '../../src/store/platform/watch-state.ts';
import { writeWatchedTasks } from '../../src/store/task/write-tasks.ts';
import fc from '../properties.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { NOW, newlySeen, sampleTask } from '../store/samples.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => empty());

async function empty(): Promise<void> {
  await store.db.deleteFrom('task').execute();
  await store.db.deleteFrom('task_body').execute();
  await store.db.deleteFrom('task_target').execute();
  const state = await readWatchState(store.db);
  await writeWatchState(store.db, { ...state, lastGoodCycleAt: NOW, baselineAt: NOW });
}

async function learn(tasks: readonly Task[]): Promise<void> {
  await writeWatchedTasks(
    store.db,
    tasks.map((task) => newlySeen(task)),
  );
}

/** A platform that lists all its tasks newest first, whatever is asked for. */
function platformOf(tasks: () => readonly Task[]): Platform {
  const none = () => Promise.reject(new Error('not asked for in these tests'));
  return {
    getTask: none,
    getDevice: none,
    listDeviceResults: none,
    listTasks: async ({ pageNo, pageSize }) => {
      const all = tasks().toSorted((one, other) => (other.createTime ?? 0) - (one.createTime ?? 0));
      const items = all.slice(pageNo * pageSize, (pageNo + 1) * pageSize);
      return { items, received: items.length, total: all.length, unreadable: [] };
    },
  };
}

function partsOf(tasks: () => readonly Task[], now: () => number = () => NOW): AskParts {
  return { db: store.db, now, platform: platformOf(tasks), person: null };
}

const request = (line: string): ListRequest => toListRequest(parseTerms(line));
const failed = (second: number) =>
  sampleTask({ operationId: `op-${second}`, status: 'failed', createTime: NOW + second * 1_000 });

/** What Next carries under a list, as a person would press it; null where there is none. */
function next(list: TaskList) {
  const values = taskList(list, NOW).blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((one) =>
          one.type === 'button' && one.action_id === ACTIONS.nextPage ? [one.value ?? ''] : [],
        )
      : [],
  );
  return values[0] === undefined ? null : readListButton(values[0]);
}

const idsOf = (list: TaskList) => list.tasks.map(({ operationId }) => operationId);

/** Presses Next to the end, letting something happen before each press. */
async function walk(
  parts: AskParts,
  line: string,
  meanwhile: (press: number) => Promise<void>,
): Promise<readonly string[]> {
  let list = await askList(parts, request(line), 'UTC');
  const seen = [...idsOf(list)];
  for (let press = 0; ; press += 1) {
    const button = next(list);
    if (button === null) return seen;
    await meanwhile(press);
    list = await askList(parts, button.request, 'UTC', button.anchor);
    seen.push(...idsOf(list));
  }
}

describe('pages walked while tasks are added', () => {
  test.each([
    ['the platform begins', 'failed'],
    ['only the mirror answers', 'failed,stopped'],
  ])('are disjoint and complete when %s', async (_, words) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 0, max: 1 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 }),
        async (count, size, unknownYet, added) => {
          await empty();
          const tasks = Array.from({ length: count }, (_unused, index) => failed(index));
          // The newest task may not have come to the mirror yet.
          const behind = words === 'failed' ? unknownYet : 0;
          await learn(tasks.slice(0, Math.max(0, count - behind)));
          const there = tasks.map(({ operationId }) => operationId);
          const seen = await walk(
            partsOf(() => tasks),
            `${words} size:${size}`,
            async (press) => {
              const more = added[press % added.length] ?? 0;
              for (let one = 0; one < more; one += 1) tasks.push(failed(tasks.length));
              await learn(tasks.slice(-(more + 1)));
            },
          );
          expect(seen.toSorted()).toEqual(there.toSorted());
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a page reached by a button', () => {
  const many = () => Array.from({ length: 25 }, (_unused, index) => failed(index));

  test('is the mirror’s and says so; going back shows what was there', async () => {
    const tasks = many();
    await learn(tasks);
    const parts = partsOf(() => tasks);
    const first = await askList(parts, request('failed'), 'UTC');
    expect(first.freshness.kind).toBe('live');
    expect(first.anchor).toEqual({ createdUpTo: NOW + 24_000, lead: 0, askedAt: NOW });
    tasks.push(failed(25));
    await learn(tasks.slice(-1));
    const second = await askList(parts, request('failed page:2'), 'UTC', first.anchor);
    expect([second.freshness.kind, second.anchored, second.total]).toEqual(['mirror', true, 25]);
    const back = await askList(parts, request('failed'), 'UTC', second.anchor);
    expect(idsOf(back)).toEqual(idsOf(first));
    const fresh = await askList(parts, request('failed'), 'UTC');
    expect([idsOf(fresh)[0], fresh.anchored, fresh.freshness.kind]).toEqual(['op-25', false, 'live']);
  });

  test('counts on from a task the mirror did not know yet', async () => {
    const tasks = many();
    await learn(tasks.slice(0, 24));
    const parts = partsOf(() => tasks);
    const first = await askList(parts, request('failed'), 'UTC');
    expect(first.anchor?.lead).toBe(1);
    const second = await askList(parts, request('failed page:2'), 'UTC', first.anchor);
    expect(idsOf(second)[0]).toBe('op-14');
    const shown = JSON.stringify(taskList(second, NOW).blocks);
    expect(shown).toContain('11–20 of 25 tasks');
    expect(shown).toContain('Refresh shows newer tasks');
    const back = await askList(parts, request('failed'), 'UTC', first.anchor);
    expect(JSON.stringify(taskList(back, NOW).blocks)).toContain('2–10 of 25 tasks');
  });

  test('keeps the tasks whose time of creation is unknown', async () => {
    const timeless = sampleTask({ operationId: 'op-x', status: 'failed', createTime: null });
    const tasks = [...many().slice(0, 12), timeless];
    await learn(tasks);
    const parts = partsOf(() => tasks);
    const seen = await walk(parts, 'failed', async () => undefined);
    expect(seen).toHaveLength(13);
    expect(seen.at(-1)).toBe('op-x');
  });

  test('measures times from when the list was first shown', async () => {
    const tasks = many();
    await learn(tasks);
    let now = NOW + 30_000;
    const parts = partsOf(
      () => tasks,
      () => now,
    );
    const seen = await walk(parts, 'before:20s size:4', async () => {
      now += 3_000;
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(10);
  });

  test.each([
    ['the mirror has no baseline', 'failed', null],
    ['the filter names a device', 'failed device:d-1', NOW],
  ])('is asked of the platform when %s', async (_, words, baselineAt) => {
    const tasks = many();
    await learn(tasks);
    await writeWatchState(store.db, { ...(await readWatchState(store.db)), baselineAt });
    const parts = partsOf(() => tasks);
    const first = await askList(parts, request(words), 'UTC');
    expect(first.anchor).toBeNull();
    const anchor = { createdUpTo: NOW, lead: 0, askedAt: NOW };
    const second = await askList(parts, request(`${words} page:2`), 'UTC', anchor);
    expect([second.freshness.kind, second.anchored]).toEqual(['live', false]);
  });

  test('goes by its number when the platform lists in another order', async () => {
    await learn(many());
    // As the platform has it, what the mirror takes for the oldest task is the newest.
    const listed = many().map((task, index) => ({ ...task, createTime: NOW + (24 - index) * 1_000 }));
    expect(
      (
        await askList(
          partsOf(() => listed),
          request('failed'),
          'UTC',
        )
      ).anchor,
    ).toBeNull();
  });

  test('goes by its number when a whole page is new to the mirror: there may be more of that', async () => {
    await learn(many().slice(0, 10));
    expect((await askList(partsOf(many), request('failed'), 'UTC')).anchor).toBeNull();
  });
});
