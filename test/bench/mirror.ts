import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseTerms, toListRequest } from '../../src/core/filter/parse-terms.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { findTasks } from '../../src/store/task/find-tasks.ts';
import { fillStore, idOf, TASKS } from './large-fleet.ts';
import type { Row } from './row.ts';
import { compare } from './statistics.ts';

const ROUNDS = 15;

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
export async function benchMirror(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-bench-'));
  const path = join(folder, 'upgrades.db');
  const now = Date.now();
  await fillStore(path, now);
  const store = await openSqlite(path);
  try {
    const times: number[] = [];
    for (let round = -2; round < ROUNDS; round += 1) {
      for (const question of QUESTIONS) {
        const request = toListRequest(parseTerms(question));
        const begun = performance.now();
        await findTasks(store.db, request, { now, zone: 'UTC' });
        if (round >= 0) times.push(performance.now() - begun);
      }
    }
    const { words, floorWords, ratio } = compare({ bot: times, floor: readByIds(path, times.length) }, 0.95);
    return [
      {
        what: `a filtered, sorted page out of ${TASKS.toLocaleString('en-US')} tasks of the mirror`,
        figure: words,
        floor: `ten rows by id: ${floorWords}`,
        ...{ ratio, promise: null, verdict: 'no promise' },
      },
    ];
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
    for (let row = 0; row < 10; row += 1) statement.get(idOf((sample * 7_919 + row * 104_729) % TASKS));
    return performance.now() - begun;
  });
  raw.close();
  return times;
}
