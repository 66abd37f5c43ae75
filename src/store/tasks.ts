import type { Kysely } from 'kysely';
import type { Task } from '../core/task.ts';
import { type Alarms, NO_ALARMS, type WatchedTask } from '../core/watched-task.ts';
import { inChunks } from './chunks.ts';
import type { Schema, TaskRow } from './schema.ts';

/** The tasks of the mirror with these ids; unknown ids are left out. */
export async function readWatchedTasks(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, WatchedTask>> {
  const found = new Map<string, WatchedTask>();
  for (const ids of inChunks(operationIds)) {
    const rows = await db
      .selectFrom('task')
      .innerJoin('task_body', 'task_body.operation_id', 'task.operation_id')
      .selectAll()
      .where('task.operation_id', 'in', ids)
      .execute();
    for (const row of rows) found.set(row.operation_id, toWatchedTask(row));
  }
  return found;
}

/** Ids of the tasks that had not ended when last seen and were still known to the platform. */
export async function readActiveIds(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('task').select('operation_id').where('active', '=', 1).execute();
  return new Set(rows.map((row) => row.operation_id));
}

/** How many tasks the mirror holds in each status. Tasks the platform no longer knows do not count. */
export async function countByStatus(db: Kysely<Schema>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('task')
    .select(({ fn }) => ['status', fn.countAll<number | string>().as('tasks')])
    .where('vanished_at', 'is', null)
    .groupBy('status')
    .execute();
  return new Map(rows.map(({ status, tasks }) => [status, Number(tasks)]));
}

/** The remembered statuses of these tasks; unknown ids are left out. */
export async function readStatuses(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const ids of inChunks(operationIds)) {
    const rows = await db
      .selectFrom('task')
      .select(['operation_id', 'status'])
      .where('operation_id', 'in', ids)
      .execute();
    for (const row of rows) found.set(row.operation_id, row.status);
  }
  return found;
}

/** A row of the mirror as the core knows it. */
function toWatchedTask(row: TaskRow): WatchedTask {
  return {
    // Both were written by `toRow` from the same types; nobody else writes this table.
    task: JSON.parse(row.task) as Task,
    alarms: { ...NO_ALARMS, ...(JSON.parse(row.alarms) as Partial<Alarms>) },
    firstSeenAt: row.first_seen_at,
    seenAt: row.seen_at,
    movedAt: row.moved_at,
    vanishedAt: row.vanished_at,
  };
}
