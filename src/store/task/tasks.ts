import type { Kysely } from 'kysely';
import type { StatusCount, TaskStatus } from '../../core/task/task.ts';
import type { WatchedTask } from '../../core/task/watched-task.ts';
import { inPortions } from '../engine/chunks.ts';
import { givenTexts } from '../engine/given-rows.ts';
import type { Schema } from '../engine/schema.ts';
import { statusAlone, statusOf } from './status-text.ts';
import { COMPARED_COLUMNS, type MirroredTask, toMirroredTask, toWatchedTask } from './task-rows.ts';

/** Tasks of the mirror by id; unknown ids are left out. */
export async function readWatchedTasks(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, WatchedTask>> {
  const found = new Map<string, WatchedTask>();
  for (const ids of inPortions(operationIds)) {
    const rows = await db
      .selectFrom('task')
      .innerJoin('task_body', 'task_body.operation_id', 'task.operation_id')
      .selectAll()
      .where('task.operation_id', 'in', givenTexts(db, ids))
      .execute();
    for (const row of rows) found.set(row.operation_id, toWatchedTask(row));
  }
  return found;
}

/** The same, limited to what is compared with a new snapshot. */
export async function readMirroredTasks(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, MirroredTask>> {
  const found = new Map<string, MirroredTask>();
  for (const ids of inPortions(operationIds)) {
    const rows = await db
      .selectFrom('task')
      .innerJoin('task_body', 'task_body.operation_id', 'task.operation_id')
      .select(COMPARED_COLUMNS)
      .where('task.operation_id', 'in', givenTexts(db, ids))
      .execute();
    for (const row of rows) found.set(row.operation_id, toMirroredTask(row));
  }
  return found;
}

/** Tasks that were active when last seen and that the platform still knew, with their statuses. */
export async function readActiveStatuses(db: Kysely<Schema>): Promise<ReadonlyMap<string, TaskStatus>> {
  const rows = await db
    .selectFrom('task')
    .select(['operation_id', 'status'])
    .where('active', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.operation_id, statusAlone(row.status)]));
}

/** The ids of those tasks. */
export async function readActiveIds(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('task').select('operation_id').where('active', '=', 1).execute();
  return new Set(rows.map((row) => row.operation_id));
}

/** Counts the mirror's tasks by status, unknown ones by the platform's word. Vanished tasks are excluded. */
export async function countByStatus(db: Kysely<Schema>): Promise<readonly StatusCount[]> {
  const rows = await db
    .selectFrom('task')
    .select(({ fn }) => ['status', fn.countAll<number | string>().as('tasks')])
    .where('vanished_at', 'is', null)
    .groupBy('status')
    .execute();
  return rows.map(({ status, tasks }) => ({ ...statusOf(status), tasks: Number(tasks) }));
}

/** Stored statuses of these tasks; unknown ids are left out. */
export async function readStatuses(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, TaskStatus>> {
  const found = new Map<string, TaskStatus>();
  for (const ids of inPortions(operationIds)) {
    const rows = await db
      .selectFrom('task')
      .select(['operation_id', 'status'])
      .where('operation_id', 'in', givenTexts(db, ids))
      .execute();
    for (const row of rows) found.set(row.operation_id, statusAlone(row.status));
  }
  return found;
}
