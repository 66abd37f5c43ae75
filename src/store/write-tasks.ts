import type { Insertable, Kysely } from 'kysely';
import { failedDevices } from '../core/tally.ts';
import type { Task } from '../core/task.ts';
import { type Alarms, isActive, type WatchedTask } from '../core/watched-task.ts';
import { inChunks } from './chunks.ts';
import { rememberNames } from './known-names.ts';
import type { Schema, TaskTable } from './schema.ts';
import { tallyText } from './tally-text.ts';

/** A remembered task and what was remembered before, if anything was. */
export interface Remembered {
  readonly before: WatchedTask | null;
  readonly after: WatchedTask;
}

/** Writes what is remembered, the targets to find it by, and a line of history where status or counters moved. */
export async function writeWatchedTasks(
  db: Kysely<Schema>,
  remembered: readonly Remembered[],
): Promise<void> {
  for (const chunk of inChunks(remembered)) {
    await db
      .insertInto('task')
      .values(chunk.map(({ after }) => toRow(after)))
      .onConflict((conflict) =>
        conflict.column('operation_id').doUpdateSet(({ ref }) => ({
          type: ref('excluded.type'),
          status: ref('excluded.status'),
          active: ref('excluded.active'),
          create_time: ref('excluded.create_time'),
          start_time: ref('excluded.start_time'),
          stop_time: ref('excluded.stop_time'),
          device_type: ref('excluded.device_type'),
          model: ref('excluded.model'),
          manufacturer_name: ref('excluded.manufacturer_name'),
          total: ref('excluded.total'),
          failed_devices: ref('excluded.failed_devices'),
          seen_at: ref('excluded.seen_at'),
          moved_at: ref('excluded.moved_at'),
          alarms: ref('excluded.alarms'),
          vanished_at: ref('excluded.vanished_at'),
        })),
      )
      .execute();
    await db
      .insertInto('task_body')
      .values(
        chunk.map(({ after: { task } }) => ({ operation_id: task.operationId, task: JSON.stringify(task) })),
      )
      .onConflict((conflict) =>
        conflict.column('operation_id').doUpdateSet(({ ref }) => ({ task: ref('excluded.task') })),
      )
      .execute();
  }
  await writeTargets(db, remembered);
  const moved = remembered.filter(({ before, after }) => before?.movedAt !== after.movedAt);
  for (const chunk of inChunks(moved)) {
    const sights = chunk.map(({ before, after: { task, movedAt } }) => ({
      operation_id: task.operationId,
      at: movedAt,
      status: task.status,
      tally: tallyText(task.tally),
      stood: before === null ? null : Math.max(0, movedAt - before.movedAt),
    }));
    await db
      .insertInto('sight')
      .values(sights)
      // After the clock was set back: of two lines of the same moment the later one counts.
      .onConflict((conflict) =>
        conflict.columns(['operation_id', 'at']).doUpdateSet(({ ref }) => ({
          status: ref('excluded.status'),
          tally: ref('excluded.tally'),
          stood: ref('excluded.stood'),
        })),
      )
      .execute();
  }
}

/** Remembers of these tasks which alarms were raised, and nothing else. */
export async function writeAlarms(db: Kysely<Schema>, alarms: ReadonlyMap<string, Alarms>): Promise<void> {
  // Tasks with the same alarms share a statement: marking the past of a new rule may concern thousands.
  for (const [text, some] of Map.groupBy(alarms, ([, raised]) => JSON.stringify(raised))) {
    for (const ids of inChunks(some.map(([id]) => id))) {
      await db.updateTable('task').set({ alarms: text }).where('operation_id', 'in', ids).execute();
    }
  }
}

async function writeTargets(db: Kysely<Schema>, remembered: readonly Remembered[]): Promise<void> {
  const changed = remembered.filter(
    ({ before, after }) => JSON.stringify(before?.task.targets) !== JSON.stringify(after.task.targets),
  );
  await rememberNames(
    db,
    changed.map(({ after }) => after.task),
  );
  const known = changed.filter(({ before }) => before !== null);
  for (const chunk of inChunks(known)) {
    const ids = chunk.map(({ after }) => after.task.operationId);
    await db.deleteFrom('task_target').where('operation_id', 'in', ids).execute();
  }
  const rows = changed.flatMap(({ after: { task } }) => [
    ...[...new Set(task.targets.devices)].map((value) => target(task, 'device', value)),
    ...[...new Set(task.targets.deviceGroups)].map((value) => target(task, 'group', value)),
  ]);
  for (const chunk of inChunks(rows)) await db.insertInto('task_target').values(chunk).execute();
}

function target(task: Task, kind: 'device' | 'group', value: string) {
  return { operation_id: task.operationId, kind, value };
}

function toRow({ task, ...memory }: WatchedTask): Insertable<TaskTable> {
  return {
    operation_id: task.operationId,
    type: task.type,
    status: task.status,
    active: isActive(task.status) && memory.vanishedAt === null ? 1 : 0,
    create_time: task.createTime,
    start_time: task.startTime,
    stop_time: task.stopTime,
    device_type: task.targets.deviceType,
    model: task.targets.model,
    manufacturer_name: task.targets.manufacturerName,
    total: task.tally.total,
    failed_devices: failedDevices(task.tally),
    first_seen_at: memory.firstSeenAt,
    seen_at: memory.seenAt,
    moved_at: memory.movedAt,
    alarms: JSON.stringify(memory.alarms),
    vanished_at: memory.vanishedAt,
  };
}
