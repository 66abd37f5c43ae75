import { type Kysely, sql } from 'kysely';
import { sameTally } from '../../core/task/tally.ts';
import { sameStatus, type Task } from '../../core/task/task.ts';
import type { Alarms, WatchedTask } from '../../core/task/watched-task.ts';
import { inPortions } from '../engine/chunks.ts';
import { type GivenColumns, givenRows, givenTexts, givenToInsert } from '../engine/given-rows.ts';
import type { Schema, SnapshotTable, TaskBodyTable, TaskTable, TaskTargetTable } from '../engine/schema.ts';
import { rememberNames } from './known-names.ts';
import { type MirroredTask, tallyText, targetsOf, toBody, toTaskRow } from './task-rows.ts';

/** A task to store, and what the mirror holds of it; `before` is null for a new task. */
export interface Remembered {
  readonly before: MirroredTask | null;
  readonly after: WatchedTask;
}

/** What changes when a task only moves. Only the index on most failed devices contains any of it. */
const MOVING = {
  total: 'bigint',
  waiting: 'bigint',
  running: 'bigint',
  succeeded: 'bigint',
  failed: 'bigint',
  stopped: 'bigint',
  timed_out: 'bigint',
  failed_devices: 'bigint',
  seen_at: 'bigint',
  moved_at: 'bigint',
  alarms: 'text',
} as const;
const STANDING = {
  type: 'text',
  status: 'text',
  active: 'integer',
  create_time: 'bigint',
  start_time: 'bigint',
  stop_time: 'bigint',
  device_type: 'text',
  model: 'text',
  manufacturer_name: 'text',
  vanished_at: 'bigint',
} as const;
const MOVED_TASK = { operation_id: 'text', ...MOVING } as const;
const TASK: GivenColumns<keyof TaskTable> = { ...MOVED_TASK, ...STANDING, first_seen_at: 'bigint' };
const OF_SNAPSHOT = { status: 'text', tally: 'text', stood: 'bigint' } as const;
const BODY: GivenColumns<keyof TaskBodyTable> = { operation_id: 'text', task: 'text' };
const TARGET: GivenColumns<keyof TaskTargetTable> = { operation_id: 'text', kind: 'text', value: 'text' };
const SNAPSHOT: GivenColumns<keyof SnapshotTable> = { operation_id: 'text', at: 'bigint', ...OF_SNAPSHOT };

/**
 * Writes what differs from the mirror: the task, its targets for lookup, and a snapshot if status or counters
 * moved. Each task may occur only once. A newer `seenAt` alone is not written: the watch keeps that time.
 */
export async function writeWatchedTasks(
  db: Kysely<Schema>,
  remembered: readonly Remembered[],
): Promise<void> {
  for (const portion of inPortions(remembered)) {
    const { whole, moved, bodies, aimed, snapshots } = differences(portion);
    if (whole.length > 0) await writeWhole(db, whole);
    if (moved.length > 0) await writeMoved(db, moved);
    if (bodies.length > 0) await writeBodies(db, bodies);
    if (aimed.length > 0) await writeTargets(db, aimed);
    if (snapshots.length > 0) await writeSnapshots(db, snapshots);
  }
}

function differences(portion: readonly Remembered[]) {
  const [whole, moved]: [TaskTable[], TaskTable[]] = [[], []];
  const bodies: TaskBodyTable[] = [];
  const aimed: Task[] = [];
  const snapshots: SnapshotTable[] = [];
  for (const { before, after } of portion) {
    const { task, movedAt } = after;
    const operation_id = task.operationId;
    const row = toTaskRow(after);
    const body = toBody(task);
    const otherBody = before?.texts.body !== body;
    if (before === null || otherBody || !stands(before, after)) whole.push(row);
    else if (
      before.movedAt !== movedAt ||
      before.texts.alarms !== row.alarms ||
      !sameTally(before.task.tally, task.tally)
    )
      moved.push(row);
    if (otherBody) bodies.push({ operation_id, task: body });
    if (before === null || (otherBody && !aimsAt(before, task))) aimed.push(task);
    if (before?.movedAt !== movedAt) {
      const stood = before === null ? null : Math.max(0, movedAt - before.movedAt);
      snapshots.push({
        operation_id,
        at: movedAt,
        status: row.status,
        tally: tallyText(task.tally),
        stood,
      });
    }
  }
  return { whole, moved, bodies, aimed, snapshots };
}

/** Whether everything outside `MOVING` and the body is unchanged. */
function stands(before: MirroredTask, { task, active, vanishedAt }: WatchedTask): boolean {
  return (
    before.active === active &&
    sameStatus(before.task, task) &&
    before.task.startTime === task.startTime &&
    before.task.stopTime === task.stopTime &&
    before.vanishedAt === vanishedAt
  );
}

function aimsAt({ texts }: MirroredTask, { targets }: Task): boolean {
  return JSON.stringify(targetsOf(texts.body)) === JSON.stringify(targets);
}

async function writeWhole(db: Kysely<Schema>, rows: readonly TaskTable[]): Promise<void> {
  await db
    .insertInto('task')
    .columns(namesOf(TASK))
    .expression(givenToInsert(db, TASK, rows))
    .onConflict((conflict) =>
      conflict.column('operation_id').doUpdateSet(valuesFrom('excluded', { ...MOVING, ...STANDING })),
    )
    .execute();
}

async function writeMoved(db: Kysely<Schema>, rows: readonly TaskTable[]): Promise<void> {
  await db
    .updateTable('task')
    .from(givenRows(db, MOVED_TASK, rows).as('given'))
    .set(valuesFrom('given', MOVING))
    .whereRef('task.operation_id', '=', 'given.operation_id')
    .execute();
}

async function writeBodies(db: Kysely<Schema>, rows: readonly TaskBodyTable[]): Promise<void> {
  await db
    .insertInto('task_body')
    .columns(namesOf(BODY))
    .expression(givenToInsert(db, BODY, rows))
    .onConflict((conflict) =>
      conflict.column('operation_id').doUpdateSet(({ ref }) => ({ task: ref('excluded.task') })),
    )
    .execute();
}

async function writeTargets(db: Kysely<Schema>, tasks: readonly Task[]): Promise<void> {
  await rememberNames(db, tasks);
  const ids = tasks.map(({ operationId }) => operationId);
  await db.deleteFrom('task_target').where('operation_id', 'in', givenTexts(db, ids)).execute();
  const rows = tasks.flatMap((task) => [
    ...[...new Set(task.targets.devices)].map((value) => target(task, 'device', value)),
    ...[...new Set(task.targets.deviceGroups)].map((value) => target(task, 'group', value)),
  ]);
  for (const portion of inPortions(rows)) {
    await db
      .insertInto('task_target')
      .columns(namesOf(TARGET))
      .expression(givenToInsert(db, TARGET, portion))
      .execute();
  }
}

async function writeSnapshots(db: Kysely<Schema>, rows: readonly SnapshotTable[]): Promise<void> {
  await db
    .insertInto('snapshot')
    .columns(namesOf(SNAPSHOT))
    .expression(givenToInsert(db, SNAPSHOT, rows))
    // If the clock was set back, the later of two snapshots with the same time wins.
    .onConflict((conflict) =>
      conflict.columns(['operation_id', 'at']).doUpdateSet(valuesFrom('excluded', OF_SNAPSHOT)),
    )
    .execute();
}

function target({ operationId }: Task, kind: 'device' | 'group', value: string): TaskTargetTable {
  return { operation_id: operationId, kind, value };
}

/** Stores which alarms were raised for these tasks, and nothing else. */
export async function writeAlarms(db: Kysely<Schema>, alarms: ReadonlyMap<string, Alarms>): Promise<void> {
  // Tasks with the same alarms share a statement: a new rule may mark thousands of past alarms as raised.
  for (const [text, some] of Map.groupBy(alarms, ([, raised]) => JSON.stringify(raised))) {
    for (const ids of inPortions(some.map(([id]) => id))) {
      const given = givenTexts(db, ids);
      await db.updateTable('task').set({ alarms: text }).where('operation_id', 'in', given).execute();
    }
  }
}

function namesOf<Name extends string>(columns: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(columns) as Name[];
}

/** Sets each column to its given value. */
function valuesFrom<Name extends string>(
  source: 'excluded' | 'given',
  columns: Readonly<Record<Name, unknown>>,
) {
  return Object.fromEntries(
    namesOf(columns).map((name) => [name, sql.ref<never>(`${source}.${name}`)]),
  ) as Record<Name, ReturnType<typeof sql.ref<never>>>;
}
