import type { Kysely } from 'kysely';
import type { SightOfTask } from '../../core/question/detail-answer.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema, SightTable } from '../engine/schema.ts';
import { statusOf } from '../task/status-text.ts';
import { tallyOf } from '../task/task-rows.ts';

/** A task's history as the bot saw it, oldest first. It is thinned as it grows, so that it is never long. */
export async function readSights(db: Kysely<Schema>, operationId: string): Promise<readonly SightOfTask[]> {
  const rows = await db
    .selectFrom('sight')
    .select(['at', 'status', 'tally', 'stood'])
    .where('operation_id', '=', operationId)
    .orderBy('at')
    .execute();
  return rows.map(toSight);
}

/**
 * The history of these tasks since a moment, oldest first, beginning with how each stood at that moment. Reading ends
 * with the first tasks that take it beyond `most` lines; `whole` says whether all were read.
 */
export async function readSightsSince(
  db: Kysely<Schema>,
  operationIds: readonly string[],
  since: Instant,
  most: number,
): Promise<{ readonly sights: ReadonlyMap<string, readonly SightOfTask[]>; readonly whole: boolean }> {
  const sights = new Map<string, SightOfTask[]>();
  let lines = 0;
  for (const ids of inChunks(operationIds)) {
    if (lines >= most) return { sights, whole: false };
    // Each task's beginning first, by one step into the index: comparing it with every line of a long history is slow.
    const begin = db
      .selectFrom('task')
      .select('task.operation_id')
      .select(({ eb, fn, selectFrom }) =>
        fn
          .coalesce(
            selectFrom('sight as earlier')
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
      .innerJoin('sight', (join) =>
        join.onRef('sight.operation_id', '=', 'begin.operation_id').onRef('sight.at', '>=', 'begin.at'),
      )
      .select(['sight.operation_id', 'sight.at', 'sight.status', 'sight.tally', 'sight.stood'])
      .orderBy('sight.operation_id')
      .orderBy('sight.at')
      .limit(most - lines + 1)
      .execute();
    lines += rows.length;
    for (const { operation_id, ...row } of rows) {
      const of = sights.get(operation_id) ?? [];
      sights.set(operation_id, of);
      of.push(toSight(row));
    }
  }
  return { sights, whole: lines <= most };
}

/** A line of history as the core knows it. */
export function toSight({ at, status, tally, stood }: Omit<SightTable, 'operation_id'>): SightOfTask {
  return { at, ...statusOf(status), tally: tallyOf(tally), stood };
}
