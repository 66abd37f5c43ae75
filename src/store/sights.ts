import type { Kysely } from 'kysely';
import type { Instant, Tally } from '../core/task.ts';
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
