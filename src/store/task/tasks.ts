import type { Kysely } from 'kysely';
import type { StatusCount, TaskStatus } from '../../core/task/task.ts';
import type { WatchedTask } from '../../core/task/watched-task.ts';
import { inPortions } from '../engine/chunks.ts';
import { givenTexts } from '../engine/given-rows.ts';
import type { Schema } from '../engine/schema.ts';
import { statusAlone, statusOf } from './status-text.ts';
import { COMPARED_COLUMNS, type MirroredTask, toMirroredTask, toWatchedTask } from './task-rows.ts';

/** The tasks of the mirror with these ids; unknown ids are left out. */
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

/** The same as far as they are compared with a new snapshot. */
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

/** The tasks that had not ended when last seen and were still known to the platform, each with its status. */
export async function readActiveStatuses(db: Kysely<Schema>): Promise<ReadonlyMap<string, TaskStatus>> {
  const rows = await db
    .selectFrom('task')
    .select(['operation_id', 'status'])
    .where('active', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.operation_id, statusAlone(row.status)]));
}

/** Their ids alone. */
export async function readActiveIds(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('task').select('operation_id').where('active', '=', 1).execute();
  return new Set(rows.map((row) => row.operation_id));
}

/** How many tasks the mirror holds in each status, and in each that nobody knows by the platform's word for it. Tasks the platform no longer knows do not count. */
export async function countByStatus(db: Kysely<Schema>): Promise<readonly StatusCount[]> {
  const rows = await db
    .selectFrom('task')
    .select(({ fn }) => ['status', fn.countAll<number | string>().as('tasks')])
    .where('vanished_at', 'is', null)
    .groupBy('status')
    .execute();
  return rows.map(({ status, tasks }) => ({ ...statusOf(status), tasks: Number(tasks) }));
}

/** The remembered statuses of these tasks; unknown ids are left out. */
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
