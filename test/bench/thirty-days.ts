import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { DEFAULT_KINDS } from '../../src/core/subscription/subscription.ts';
import { createThinning } from '../../src/notify/start-upkeep.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { prune } from '../../src/store/task/prune.ts';
import { ACTIVE, fillStore, TASKS } from './large-fleet.ts';
import { MINUTE, step } from './month/courses.ts';
import {
  beginFleet,
  changeTasks,
  DAY,
  type Fleet,
  growHistories,
  look,
  MINUTES_OF_DAY,
  storeHistories,
  taskOf,
  tellAll,
} from './month/fleet.ts';
import { timeQueries } from './month/queries.ts';
import { judge, type Row } from './row.ts';
import { median, ms } from './statistics.ts';

const DAYS = 30;
/** Minutes at the end of the first and of the last day in which every task is looked at and recorded. */
const LOOKS = 100;
const CHANNEL = 'C1';
const MEGABYTE = 1_048_576;
const MOST_MEGABYTES = 1_024;
/** A query may take so many times as long on the last day as on the first … */
const SLOWER = 1.5;
/** … where it takes as long as this at all, in milliseconds: below it the clock and the machine are measured. */
const NOTICEABLE = 2;
const NAMED = 4;
const MOVES = `${DAYS} days of ${ACTIVE.toLocaleString('en-US')} active tasks that move every minute`;

interface DayFigures {
  readonly megabytes: number;
  readonly lines: number;
  readonly longest: number;
  readonly looks: readonly number[];
  readonly thinnings: readonly number[];
  readonly queries: ReadonlyMap<string, number>;
}

/**
 * A month of a fleet, in a store that holds the tasks of a year. What is played and what is not: docs/performance.md.
 */
export async function benchThirtyDays(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-bench-'));
  const path = join(folder, 'upgrades.db');
  const begun = Date.now() - DAYS * DAY;
  await fillStore(path, begun);
  const store = await openSqlite(path);
  try {
    const { db } = store;
    await saveSubscription(db, {
      ...{ id: 's1', channel: CHANNEL, terms: [], kinds: DEFAULT_KINDS, mentions: [], thresholds: {} },
      ...{ createdBy: null, createdAt: begun },
    });
    const fleet = beginFleet(begun);
    const first = await playLookedAtDay(db, fleet, path, begun);
    for (let day = 1; day < DAYS - 1; day += 1) {
      growHistories(fleet, MINUTES_OF_DAY);
      await endDay(db, fleet, begun + (day + 1) * DAY);
    }
    const last = await playLookedAtDay(db, fleet, path, begun + (DAYS - 1) * DAY);
    return [sizeRow(first, last), queriesRow(first, last), thinningRow(first, last)];
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function endDay(db: Kysely<Schema>, fleet: Fleet, now: number): Promise<void> {
  await changeTasks(db, fleet, now);
  await prune(db, now);
}

async function playLookedAtDay(
  db: Kysely<Schema>,
  fleet: Fleet,
  path: string,
  begins: number,
): Promise<DayFigures> {
  growHistories(fleet, MINUTES_OF_DAY - LOOKS);
  const from = begins + (MINUTES_OF_DAY - LOOKS) * MINUTE;
  await storeHistories(db, fleet, [...fleet.courses.keys()], from);
  const thin = createThinning(db, new AbortController().signal);
  const [looks, thinnings]: [number[], number[]] = [[], []];
  for (let minute = 1; minute <= LOOKS; minute += 1) {
    for (const course of new Set(fleet.courses.values())) step(course);
    const tasks = [...fleet.courses].map(([id, course]) => taskOf(id, course));
    const now = from + minute * MINUTE;
    looks.push(await timed(() => look(db, tasks, now)));
    thinnings.push(await timed(thin));
    await tellAll(db, now);
  }
  await endDay(db, fleet, begins + DAY);
  const oldest = `op-${TASKS - 1}`;
  const queries = await timeQueries(db, { now: begins + DAY + MINUTE, channel: CHANNEL, oldest });
  return { ...(await sizeOf(db, path)), looks, thinnings, queries };
}

/** The file once everything is in it; the longest history is that of a task that has not ended. */
async function sizeOf(db: Kysely<Schema>, path: string) {
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  const { rows } = await sql<{ longest: number; lines: number }>`
    select max(lines) as longest, sum(lines) as lines
    from (select count(*) as lines from snapshot group by operation_id)`.execute(db);
  const [found] = rows;
  const megabytes = (await stat(path)).size / MEGABYTE;
  return { megabytes, lines: Number(found?.lines), longest: Number(found?.longest) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function sizeRow(first: DayFigures, last: DayFigures): Row {
  const words = ({ megabytes, lines, longest }: DayFigures) =>
    `${megabytes.toFixed(0)} MB, ${lines.toLocaleString('en-US')} lines of history, ${longest} at most of a task`;
  const bounded = last.longest <= 200 && first.longest <= 200;
  return {
    what: `store after ${MOVES}`,
    figure: words(last),
    floor: `after day 1: ${words(first)}`,
    ratio: last.megabytes / first.megabytes,
    promise: '≤ 1 GB, ≤ 200 lines of a task',
    verdict: bounded ? judge(last.megabytes, MOST_MEGABYTES) : 'broken',
  };
}

/** The slowest queries, and that which has become slower than any other. */
function queriesRow(first: DayFigures, last: DayFigures): Row {
  const all = [...last.queries]
    .map(([name, after]) => ({ name, after, before: first.queries.get(name) ?? after }))
    .filter(({ after }) => after >= NOTICEABLE);
  const worst = Math.max(1, ...all.map(({ before, after }) => after / before));
  const slowest = all.toSorted((one, other) => other.after - one.after).slice(0, NAMED);
  const slower = all.filter(
    ({ before, after }) => after / before === worst && !slowest.some((one) => one.after === after),
  );
  const words = [...slowest, ...slower].map(
    ({ name, after, before }) => `${name}: ${ms(before)} → ${ms(after)}`,
  );
  return {
    what: 'its slowest queries, day 1 → day 30',
    figure: words.join('; '),
    floor: `the same queries on day 1`,
    ratio: worst,
    promise: `none slower by more than half`,
    verdict: judge(worst, SLOWER),
  };
}

function thinningRow(first: DayFigures, last: DayFigures): Row {
  const words = ({ looks, thinnings }: DayFigures) =>
    `median ${ms(median(thinnings))}, longest ${ms(Math.max(...thinnings))}, beside recording of ${ms(median(looks))}`;
  const sum = (times: readonly number[]) => times.reduce((one, other) => one + other, 0);
  return {
    what: 'thinning after each look, giving way all the while',
    figure: `day 30: ${words(last)}`,
    floor: `day 1: ${words(first)}`,
    ratio: sum(last.thinnings) / sum(last.looks),
    ...{ promise: null, verdict: 'no promise' },
  };
}
