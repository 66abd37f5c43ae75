import type { SimulatedPlatform } from '../../sandbox/platform/index.ts';
import type { WatchedTask } from '../../src/core/task/watched-task.ts';
import { NO_ALARMS } from '../../src/core/task/watched-task.ts';
import type { Instant } from '../../src/lib/instant.ts';
import { TASK_WORDS, TYPE_WORDS } from '../../src/platform/oceanconnect/platform-words.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { readWatchState, writeWatchState } from '../../src/store/platform/watch-state.ts';
import { writeWatchedTasks } from '../../src/store/task/write-tasks.ts';

/** The size that is promised to be borne. */
export const TASKS = 100_000;
export const ACTIVE = 5_000;
/** One task every five minutes: a year of them. */
const APART = 300_000;

/** The tasks of a large fleet, oldest first; the newest are active. The same number gives the same task. */
export function largeTask(number: number, now: Instant): WatchedTask {
  const active = isActive(number);
  const total = 1_000 + ((number * 31) % 500);
  const fail = !active && number % 3 === 0 ? (number * 17) % 500 : 0;
  const ended =
    (['succeeded', 'succeeded', 'succeeded', 'failed', 'stopped'] as const)[number % 5] ?? 'succeeded';
  const createTime = now - (TASKS - number) * APART;
  return {
    active,
    task: {
      operationId: idOf(number),
      type: number % 2 === 0 ? 'firmware' : 'software',
      typeWord: null,
      status: active ? 'running' : ended,
      statusWord: null,
      createTime,
      startTime: createTime,
      stopTime: active ? null : createTime + APART,
      targets: {
        deviceGroups: number % 10 < 7 ? [`g${number % 200}`] : [],
        devices:
          number % 10 < 7 ? [] : Array.from({ length: 5 }, (_, at) => `meter-${(number * 5 + at) % 50_000}`),
        deviceType: `Type${number % 5}`,
        model: `M${number % 50}`,
        manufacturerName: `Maker${number % 8}`,
      },
      policy: { executeType: 'now', startTime: null, endTime: null, retryType: false, retryTimes: null },
      tally: {
        total,
        waiting: 0,
        running: active ? total : 0,
        succeeded: active ? 0 : total - fail,
        failed: fail,
        stopped: 0,
        timedOut: 0,
      },
      extendPara: {},
      unreadable: [],
    },
    firstSeenAt: createTime,
    seenAt: now,
    // An active task that had not moved for long would be told as stalled at the first look.
    movedAt: active ? now : createTime + APART,
    alarms: NO_ALARMS,
    vanishedAt: null,
  };
}

export function idOf(number: number): string {
  return `op-${number}`;
}

function isActive(number: number): boolean {
  return number >= TASKS - ACTIVE;
}

/** Puts the whole fleet onto a simulated platform. */
export function seedLargeFleet({ fleet }: SimulatedPlatform, now: Instant): void {
  for (let number = 0; number < TASKS; number += 1) {
    const { task } = largeTask(number, now);
    const { createTime, tally, type, status, ...others } = task;
    if (type === 'unknown' || status === 'unknown') throw new Error('the platform has no word for it');
    fleet.addTask({
      ...others,
      type: TYPE_WORDS[type],
      status: TASK_WORDS[status],
      createTime: createTime ?? now,
      tally: {
        total: tally.total ?? 0,
        processing: tally.running ?? 0,
        success: tally.succeeded ?? 0,
        fail: tally.failed ?? 0,
      },
    });
  }
}

/** The numbers of the active tasks. */
export function activeNumbers(): readonly number[] {
  return Array.from({ length: ACTIVE }, (_, index) => TASKS - ACTIVE + index);
}

/** One more device of every active task has its upgrade. */
export function moveEveryTask({ fleet }: SimulatedPlatform): void {
  for (const number of activeNumbers()) {
    const { tally } = fleet.change(idOf(number), {});
    fleet.change(idOf(number), {
      tally: { processing: tally.processing - 1, success: tally.success + 1 },
    });
  }
}

/** Makes a store file that holds the fleet, as a bot leaves it that has watched it for a year. */
export async function fillStore(path: string, now: Instant): Promise<void> {
  const store = await openSqlite(path);
  try {
    for (let first = 0; first < TASKS; first += ACTIVE) {
      await store.db.transaction().execute(async (tx) => {
        const some = Array.from({ length: ACTIVE }, (_, index) => largeTask(first + index, now));
        await writeWatchedTasks(
          tx,
          some.map((after) => ({ before: null, after })),
        );
      });
    }
    const state = await readWatchState(store.db);
    await writeWatchState(store.db, { ...state, lastGoodCycleAt: now, baselineAt: now, sweptAt: now });
  } finally {
    await store.close();
  }
}
