import type { Kysely } from 'kysely';
import { type Change, TOLD_KINDS } from '../../core/change/changes.ts';
import type { ChangesOfTask } from '../../core/question/detail-answer.ts';
import type { Schema } from '../engine/schema.ts';

/** What happened to a task while the bot watched: the first `most` changes and the last `most`. */
export async function readChangesOfTask(
  db: Kysely<Schema>,
  operationId: string,
  most: number,
): Promise<ChangesOfTask> {
  const changes = db.selectFrom('change').where('operation_id', '=', operationId);
  const counted = await changes
    .select(({ fn }) => fn.countAll<number | string>().as('changes'))
    .executeTakeFirst();
  const total = Number(counted?.changes ?? 0);
  const columns = changes.select(['kind', 'at']);
  const first = await columns.orderBy('noticed_at').orderBy('at').orderBy('rowid').limit(most).execute();
  const rest = Math.min(most, total - first.length);
  const last =
    rest === 0
      ? []
      : await columns
          .orderBy('noticed_at', 'desc')
          .orderBy('at', 'desc')
          .orderBy('rowid', 'desc')
          .limit(rest)
          .execute();
  return {
    first: first.flatMap(toChange),
    last: last.reverse().flatMap(toChange),
    between: total - first.length - last.length,
  };
}

/** A kind of a newer version of the bot is left out: this one has no words for it. */
function toChange({ kind, at }: { readonly kind: string; readonly at: number }): readonly Change[] {
  const known = TOLD_KINDS.find((one) => one === kind);
  return known === undefined ? [] : [{ kind: known, at }];
}
