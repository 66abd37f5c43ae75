import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Task } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import { inChunks } from '../../../src/store/engine/chunks.ts';
import { type GivenColumns, givenToInsert } from '../../../src/store/engine/given-rows.ts';
import type { Schema, SnapshotTable } from '../../../src/store/engine/schema.ts';
import { readWatchState } from '../../../src/store/platform/watch-state.ts';
import { tallyText } from '../../../src/store/task/task-rows.ts';
import { recordSnapshots } from '../../../src/watch/record-snapshots.ts';
import { ACTIVE, largeTask, TASKS } from '../large-fleet.ts';
import { beginCourse, type Course, step, tallyOf, WAYS } from './courses.ts';

export const DAY = 86_400_000;
export const MINUTES_OF_DAY = 1_440;
export const THRESHOLDS = { failingPercent: 5, failingMinDevices: 10, stalledAfter: 6 * 3_600_000 };
/** Tasks that end each day, each after two days, and as many that begin. */
const CHANGING = 500;
/** So few at a look that each is told by itself. */
const AT_A_LOOK = 5;

export interface Fleet {
  /** Of every task that has not ended. Tasks that began together and go the same way share one. */
  readonly courses: Map<string, Course>;
  /** Tasks that end next, oldest first. */
  readonly changing: string[];
  next: number;
}

/** The active tasks of the large fleet, all begun at that moment: most of them run on for all the month. */
export function beginFleet(begun: Instant): Fleet {
  const ways = Array.from({ length: WAYS }, (_, way) => beginCourse(way, begun));
  const ids = Array.from({ length: ACTIVE }, (_, index) => `op-${TASKS - ACTIVE + index}`);
  const courses = new Map(ids.map((id, index) => [id, ways[index % WAYS] ?? beginCourse(index, begun)]));
  return { courses, changing: ids.slice(0, 2 * CHANGING), next: TASKS };
}

/** Lets the histories grow by so many minutes, move by move and thinned by the bot's rules, and nothing be stored. */
export function growHistories({ courses }: Fleet, minutes: number): void {
  for (const course of new Set(courses.values())) {
    for (let minute = 0; minute < minutes; minute += 1) step(course);
  }
}

/** What a look shows of a task. */
export function taskOf(id: string, course: Course, words: Partial<Task> = {}): Task {
  const { task } = largeTask(TASKS - ACTIVE + (Number(id.slice(3)) % ACTIVE), course.begun);
  const { begun } = course;
  const own = { operationId: id, createTime: begun, startTime: begun, tally: tallyOf(course) };
  return { ...task, ...own, ...words };
}

/** Looks at these tasks as the watch does, and records everything that follows. */
export async function look(db: Kysely<Schema>, tasks: readonly Task[], now: Instant): Promise<void> {
  await recordSnapshots(db, { tasks, gone: [] }, await readWatchState(db), {
    ...{ now, isNews: () => true, confirm: async () => undefined, wasAway: () => false },
    ...{ newId: randomUUID, thresholds: THRESHOLDS, reasonsRead: 0 },
  });
}

/** Ends the day's tasks and begins as many others, a few at each look; every third of those that end has failed. */
export async function changeTasks(db: Kysely<Schema>, fleet: Fleet, now: Instant): Promise<void> {
  const ending = fleet.changing.splice(0, CHANGING);
  await storeHistories(db, fleet, ending, now);
  const begins = Array.from({ length: 2 }, (_, way) => beginCourse(fleet.next + way, now));
  for (const [turn, ids] of [...inChunks(ending, AT_A_LOOK)].entries()) {
    const ended = ids.map((id) => {
      const course = fleet.courses.get(id) ?? beginCourse(0, now);
      fleet.courses.delete(id);
      const status = Number(id.slice(3)) % 3 === 0 ? 'failed' : 'succeeded';
      return taskOf(id, course, { status, stopTime: now });
    });
    const begun = ids.map((_, index) => {
      const id = `op-${fleet.next}`;
      fleet.next += 1;
      const course = begins[index % 2] ?? beginCourse(index, now);
      fleet.courses.set(id, course);
      fleet.changing.push(id);
      return taskOf(id, course);
    });
    // Seconds apart, as looks are: what is found at once is told at once.
    await look(db, [...ended, ...begun], now + turn * 100);
  }
  await tellAll(db, now);
}

/** As after the delivery: what there was to tell stands in its channel. */
export async function tellAll(db: Kysely<Schema>, at: Instant): Promise<void> {
  await db
    .updateTable('notification')
    .set({ state: 'sent', sent_at: at, ts: '1.0', attempts: 1 })
    .where('state', '=', 'pending')
    .execute();
  await db
    .updateTable('message')
    .set(({ ref }) => ({ ts: '1.0', shown: 'shown', edited_at: at, shown_version: ref('wanted_version') }))
    .where((eb) => eb.or([eb('ts', 'is', null), eb('wanted_version', '>', eb.ref('shown_version'))]))
    .execute();
}

const SNAPSHOT: GivenColumns<keyof SnapshotTable> = {
  ...{ operation_id: 'text', at: 'bigint', status: 'text', tally: 'text', stood: 'bigint' },
};

/** Puts the histories that grew into the store, and has the mirror show how the tasks stand by then. */
export async function storeHistories(
  db: Kysely<Schema>,
  { courses }: Fleet,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  for (const some of inChunks(ids, 50)) {
    const rows = some.flatMap((id) =>
      (courses.get(id)?.history ?? []).map(({ at, status, tally, stood }) => ({
        ...{ operation_id: id, at, status, tally: tallyText(tally), stood },
      })),
    );
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('snapshot').where('operation_id', 'in', some).execute();
      await tx
        .insertInto('snapshot')
        .columns(['operation_id', 'at', 'status', 'tally', 'stood'])
        .expression(givenToInsert(tx, SNAPSHOT, rows))
        .execute();
      await tx.updateTable('task').set({ moved_at: now }).where('operation_id', 'in', some).execute();
    });
  }
}
