import type { Kysely } from 'kysely';
import { type ChangeKind, TOLD_KINDS } from '../../core/change/changes.ts';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

/** A change as it was recorded, by the thresholds of the settings. */
export interface RecordedChange {
  readonly operationId: string;
  readonly kind: ChangeKind;
  readonly at: Instant;
  readonly noticedAt: Instant;
}

/** What was noticed since a moment, over all tasks, latest first; of more the latest `most`. */
export async function readChangesSince(
  db: Kysely<Schema>,
  since: Instant,
  most: number,
): Promise<readonly RecordedChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(['operation_id', 'kind', 'at', 'noticed_at'])
    .where('noticed_at', '>=', since)
    .orderBy('noticed_at', 'desc')
    .orderBy('rowid', 'desc')
    .limit(most)
    .execute();
  return rows.flatMap(toChange);
}

/** What happened to one task while the bot watched, oldest first; of more the latest `most`. */
export async function readLatestChanges(
  db: Kysely<Schema>,
  operationId: string,
  most: number,
): Promise<readonly RecordedChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(['operation_id', 'kind', 'at', 'noticed_at'])
    .where('operation_id', '=', operationId)
    .orderBy('noticed_at', 'desc')
    .orderBy('at', 'desc')
    .orderBy('rowid', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().flatMap(toChange);
}

/** A kind of a newer version of the bot is left out: this one has no words for it. */
function toChange(row: {
  readonly operation_id: string;
  readonly kind: string;
  readonly at: number;
  readonly noticed_at: number;
}): readonly RecordedChange[] {
  const kind = TOLD_KINDS.find((one) => one === row.kind);
  if (kind === undefined) return [];
  return [{ operationId: row.operation_id, kind, at: row.at, noticedAt: row.noticed_at }];
}
