import type { Kysely } from 'kysely';
import type { Instant, Tally } from '../core/task.ts';
import { inChunks } from './chunks.ts';
import type { Schema } from './schema.ts';

/** One line of a task's history: how it stood when status or counters were seen to have moved. */
export interface Sight {
  readonly at: Instant;
  readonly status: string;
  readonly tally: Tally;
}

/** A task's history as the bot saw it, oldest first; of a longer one the newest `most` lines. */
export async function readSights(
  db: Kysely<Schema>,
  operationId: string,
  most = 1_000,
): Promise<readonly Sight[]> {
  const rows = await db
    .selectFrom('sight')
    .selectAll()
    .where('operation_id', '=', operationId)
    .orderBy('at', 'desc')
    .limit(most)
    .execute();
  // Written by `writeWatchedTasks` from the same type; nobody else writes this column.
  return rows.reverse().map(({ at, status, tally }) => ({ at, status, tally: JSON.parse(tally) as Tally }));
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
): Promise<{ readonly sights: ReadonlyMap<string, readonly Sight[]>; readonly whole: boolean }> {
  const sights = new Map<string, Sight[]>();
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
      .select(['sight.operation_id', 'sight.at', 'sight.status', 'sight.tally'])
      .orderBy('sight.operation_id')
      .orderBy('sight.at')
      .limit(most - lines + 1)
      .execute();
    lines += rows.length;
    for (const { operation_id, at, status, tally } of rows) {
      const of = sights.get(operation_id) ?? [];
      sights.set(operation_id, of);
      // Written by `writeWatchedTasks` from the same type; nobody else writes this column.
      of.push({ at, status, tally: JSON.parse(tally) as Tally });
    }
  }
  return { sights, whole: lines <= most };
}
