import type { Kysely } from 'kysely';
import type { SnapshotOfTask } from '../../core/question/detail-answer.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema, SnapshotTable } from '../engine/schema.ts';
import { statusOf } from '../task/status-text.ts';
import { tallyOf } from '../task/task-rows.ts';

/** A task's snapshots, oldest first. They are thinned as they grow, so the list is never long. */
export async function readSnapshots(
  db: Kysely<Schema>,
  operationId: string,
): Promise<readonly SnapshotOfTask[]> {
  const rows = await db
    .selectFrom('snapshot')
    .select(['at', 'status', 'tally', 'stood'])
    .where('operation_id', '=', operationId)
    .orderBy('at')
    .execute();
  return rows.map(toSnapshot);
}

/**
 * Snapshots of these tasks since a time, oldest first, starting with each task's state at that time. Stops at
 * the first tasks that exceed `most` snapshots in total; `whole` says whether all were read.
 */
export async function readSnapshotsSince(
  db: Kysely<Schema>,
  operationIds: readonly string[],
  since: Instant,
  most: number,
): Promise<{ readonly snapshots: ReadonlyMap<string, readonly SnapshotOfTask[]>; readonly whole: boolean }> {
  const snapshots = new Map<string, SnapshotOfTask[]>();
  let lines = 0;
  for (const ids of inChunks(operationIds)) {
    if (lines >= most) return { snapshots, whole: false };
    // Finds each task's start by one index lookup: comparing it with every snapshot is slow.
    const begin = db
      .selectFrom('task')
      .select('task.operation_id')
      .select(({ eb, fn, selectFrom }) =>
        fn
          .coalesce(
            selectFrom('snapshot as earlier')
              .select((earlier) => earlier.fn.max('earlier.at').as('at'))
              .whereRef('earlier.operation_id', '=', 'task.operation_id')
              .where('earlier.at', '<=', since),
            eb.val(since),
          )
          .as('at'),
      )
      .where('task.operation_id', 'in', ids);
    const rows = await db
      .selectFrom(begin.as('begin'))
      .innerJoin('snapshot', (join) =>
        join.onRef('snapshot.operation_id', '=', 'begin.operation_id').onRef('snapshot.at', '>=', 'begin.at'),
      )
      .select(['snapshot.operation_id', 'snapshot.at', 'snapshot.status', 'snapshot.tally', 'snapshot.stood'])
      .orderBy('snapshot.operation_id')
      .orderBy('snapshot.at')
      .limit(most - lines + 1)
      .execute();
    lines += rows.length;
    for (const { operation_id, ...row } of rows) {
      const of = snapshots.get(operation_id) ?? [];
      snapshots.set(operation_id, of);
      of.push(toSnapshot(row));
    }
  }
  return { snapshots, whole: lines <= most };
}

/** Converts a snapshot row to the core's type. */
export function toSnapshot({
  at,
  status,
  tally,
  stood,
}: Omit<SnapshotTable, 'operation_id'>): SnapshotOfTask {
  return { at, ...statusOf(status), tally: tallyOf(tally), stood };
}
