import type { Kysely } from 'kysely';
import { type ChangeKind, TOLD_KINDS } from '../../core/change/changes.ts';
import type { TaskChanges } from '../../core/notification/outbox-plan.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/**
 * Keeps what happened to tasks: the ground of catch-ups, previews and explanations. Progress is kept as sights; alarms
 * by thresholds of one subscription alone are that channel's business and kept as its decisions.
 */
export async function writeChanges(
  db: Kysely<Schema>,
  all: readonly TaskChanges[],
  { now, newId }: { readonly now: Instant; readonly newId: () => string },
): Promise<void> {
  const rows = all.flatMap(({ task, changes }) =>
    changes
      .filter(({ kind, rule }) => kind !== 'progress' && rule === undefined)
      .map(({ kind, at }) => ({
        id: newId(),
        operation_id: task.operationId,
        kind,
        at,
        noticed_at: now,
      })),
  );
  for (const chunk of inChunks(rows)) await db.insertInto('change').values(chunk).execute();
}

/** What happened in a stretch of time, oldest first, at most `most` changes; the newest are kept of more. */
export async function readChangesBetween(
  db: Kysely<Schema>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  most: number,
): Promise<readonly RecordedChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(['operation_id', 'kind', 'at', 'noticed_at'])
    .where('noticed_at', '>', from)
    .where('noticed_at', '<=', to)
    .orderBy('noticed_at', 'desc')
    .orderBy('rowid', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().flatMap((row) => {
    const kind = TOLD_KINDS.find((one) => one === row.kind);
    // A kind of a newer version of the bot is left out: this one has no words for it.
    if (kind === undefined) return [];
    return [{ operationId: row.operation_id, kind, at: row.at, noticedAt: row.noticed_at }];
  });
}

export interface RecordedChange {
  readonly operationId: string;
  readonly kind: ChangeKind;
  readonly at: Instant;
  readonly noticedAt: Instant;
}
