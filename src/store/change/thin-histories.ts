import type { Kysely } from 'kysely';
import { thinSnapshots } from '../../core/change/thin-snapshots.ts';
import type { SnapshotOfTask } from '../../core/question/detail-answer.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import { type GivenColumns, givenRows, givenTexts } from '../engine/given-rows.ts';
import type { Schema } from '../engine/schema.ts';
import { toSnapshot } from './snapshots.ts';

/** Histories thinned before others get a turn: about two thousand snapshots, a few milliseconds. */
export const THINNED_AT_ONCE = 10;
/** Snapshots read at a time. Of an overlong history only the beginning is read, the rest another time. */
const MOST_LINES = 5_000;

/** Counts the snapshots of these tasks; tasks without any are left out. */
export async function countSnapshots(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const lengths = new Map<string, number>();
  for (const ids of inChunks(operationIds)) {
    const rows = await db
      .selectFrom('snapshot')
      .select(({ fn }) => ['operation_id', fn.countAll<number | string>().as('lines')])
      .where('operation_id', 'in', givenTexts(db, ids))
      .groupBy('operation_id')
      .execute();
    for (const { operation_id, lines } of rows) lengths.set(operation_id, Number(lines));
  }
  return lengths;
}

/**
 * Thins the histories of these tasks to `most` snapshots each (core/change/thin-snapshots.ts). Deletes by
 * key, so that another process may write or thin the same history meanwhile.
 */
export async function thinHistories(
  db: Kysely<Schema>,
  operationIds: readonly string[],
  most: number,
): Promise<void> {
  for (const ids of inChunks(operationIds, THINNED_AT_ONCE)) {
    const histories = await readHistories(db, ids);
    const reported = await readReported(db, [...histories.keys()]);
    const gone = [...histories].flatMap(([id, snapshots]) => {
      const kept = new Set(thinSnapshots(snapshots, { reported: reported.get(id) ?? [], most }));
      return snapshots.flatMap((snapshot) =>
        kept.has(snapshot) ? [] : [{ operation_id: id, at: snapshot.at }],
      );
    });
    if (gone.length > 0) await deleteSnapshots(db, gone);
  }
}

async function readHistories(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SnapshotOfTask[]>> {
  const histories = new Map<string, SnapshotOfTask[]>();
  const rows = await db
    .selectFrom('snapshot')
    .selectAll()
    .where('operation_id', 'in', givenTexts(db, ids))
    .orderBy('operation_id')
    .orderBy('at')
    .limit(MOST_LINES)
    .execute();
  for (const row of rows) {
    const history = histories.get(row.operation_id) ?? [];
    histories.set(row.operation_id, history);
    history.push(toSnapshot(row));
  }
  return histories;
}

/** When changes of these tasks were noticed that a channel was, or could have been, notified of. */
async function readReported(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Instant[]>> {
  const rows = await db
    .selectFrom('change')
    .select(['operation_id', 'noticed_at'])
    .where('operation_id', 'in', givenTexts(db, ids))
    // Alarms by one subscription's own thresholds are stored as decisions only.
    .union(
      db
        .selectFrom('decision')
        .select(['operation_id', 'noticed_at'])
        .where('operation_id', 'in', givenTexts(db, ids)),
    )
    .execute();
  const moments = Map.groupBy(rows, ({ operation_id }) => operation_id);
  return new Map([...moments].map(([id, some]) => [id, some.map(({ noticed_at }) => noticed_at)]));
}

const LINE: GivenColumns<'operation_id' | 'at'> = { operation_id: 'text', at: 'bigint' };

async function deleteSnapshots(
  db: Kysely<Schema>,
  gone: readonly { readonly operation_id: string; readonly at: Instant }[],
): Promise<void> {
  await db
    .deleteFrom('snapshot')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('operation_id', 'at'),
        'in',
        selectFrom(givenRows(db, LINE, gone).as('gone'))
          .select(['gone.operation_id', 'gone.at'])
          .$asTuple('operation_id', 'at'),
      ),
    )
    .execute();
}
