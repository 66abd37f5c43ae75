import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseTerms, toListRequest } from '../../src/core/filter/parse-terms.ts';
import type { WatchedTask } from '../../src/core/watched-task.ts';
import { NO_ALARMS } from '../../src/core/watched-task.ts';
import { findTasks } from '../../src/store/find-tasks.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { writeWatchedTasks } from '../../src/store/tasks.ts';
import { percentile } from './statistics.ts';

const TASKS = 100_000;
const ACTIVE = 5_000;
const ROUNDS = 15;
const NEWEST = Date.UTC(2026, 0, 1);

/** Questions of every kind that only the mirror can answer: sorted, negated, ranges, shares, groups, deep pages. */
const QUESTIONS = [
  'sort:created',
  'failed sort:failed',
  'failed,stopped',
  '-success',
  'active',
  'since:2d',
  'fail>5%',
  'failed fail>=10 since:30d sort:failed',
  'model:M7,M8',
  'model:M7 sort:failed page:20',
  '-model:M7 -group:g7 failed',
  'group:g7',
  'firmware failed,stopped before:2025-06-01',
  'device:meter-77,meter-78',
  '-device:meter-77',
  'sort:failed page:900',
] as const;

/** One page of filtered, sorted tasks out of 100,000 in the mirror, beside reading ten rows by their ids. */
export async function measureMirror(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-bench-'));
  const path = join(folder, 'upgrades.db');
  const store = await openSqlite(path);
  try {
    for (let first = 0; first < TASKS; first += 5_000) {
      const tasks = Array.from({ length: 5_000 }, (_, index) => watched(first + index));
      await store.db.transaction().execute(async (tx) => {
        await writeWatchedTasks(
          tx,
          tasks.map((after) => ({ before: null, after })),
        );
      });
    }
    const times: number[] = [];
    for (let round = -2; round < ROUNDS; round += 1) {
      for (const question of QUESTIONS) {
        const request = toListRequest(parseTerms(question));
        const begun = performance.now();
        await findTasks(store.db, request, { now: NEWEST, zone: 'UTC' });
        if (round >= 0) times.push(performance.now() - begun);
      }
    }
    const floor = readByIds(path, times.length);
    const figures = [0.5, 0.95].map((share) => {
      const [ours, plain] = [percentile(times, share), percentile(floor, share)];
      const name = share === 0.5 ? 'median' : 'p95';
      return `${name} ${ours.toFixed(1)} ms (ten rows by id ${plain.toFixed(2)} ms, ratio ${(ours / plain).toFixed(0)})`;
    });
    return `a filtered, sorted page out of ${TASKS.toLocaleString('en-US')} tasks: ${figures.join(', ')}; ${times.length} samples each`;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function readByIds(path: string, samples: number): readonly number[] {
  const raw = new DatabaseSync(path, { readOnly: true });
  const statement = raw.prepare('select task from task_body where operation_id = ?');
  const times = Array.from({ length: samples }, (_, sample) => {
    const begun = performance.now();
    for (let row = 0; row < 10; row += 1) statement.get(`op-${(sample * 7_919 + row * 104_729) % TASKS}`);
    return performance.now() - begun;
  });
  raw.close();
  return times;
}

function watched(number: number): WatchedTask {
  const total = 1 + ((number * 31) % 500);
  const fail = number % 3 === 0 ? (number * 17) % total : 0;
  const ended = ['success', 'success', 'success', 'failed', 'stop'][number % 5] ?? 'success';
  const status = number >= TASKS - ACTIVE ? (number % 4 === 0 ? 'wait' : 'processing') : ended;
  const createTime = NEWEST - (TASKS - number) * 300_000;
  return {
    task: {
      operationId: `op-${number}`,
      type: number % 2 === 0 ? 'firmware_upgrade' : 'software_upgrade',
      status,
      createTime,
      startTime: createTime + 60_000,
      stopTime: null,
      targets: {
        deviceGroups: number % 10 < 7 ? [`g${number % 200}`] : [],
        devices:
          number % 10 < 7 ? [] : Array.from({ length: 5 }, (_, at) => `meter-${(number * 5 + at) % 50_000}`),
        deviceType: `Type${number % 5}`,
        model: `M${number % 50}`,
        manufacturerName: `Maker${number % 8}`,
      },
      policy: { executeType: 'now', startTime: null, endTime: null, retryType: false, retryTimes: null },
      tally: { total, wait: 0, processing: 0, success: total - fail, fail, stop: 0, timeout: 0 },
      extendPara: {},
      unreadable: [],
    },
    firstSeenAt: createTime,
    seenAt: createTime,
    movedAt: createTime,
    alarms: NO_ALARMS,
    vanishedAt: null,
  };
}
