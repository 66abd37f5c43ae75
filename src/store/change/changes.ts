import type { Kysely } from 'kysely';
import { type ChangeKind, POSTED_KINDS } from '../../core/change/changes.ts';
import type { TaskChanges } from '../../core/notification/outbox-plan.ts';
import type { ChangesOfTask } from '../../core/question/detail-answer.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

const COLUMNS = ['operation_id', 'kind', 'at', 'noticed_at'] as const;

/** A change as recorded, by the thresholds of the settings. */
export interface RecordedChange {
  readonly operationId: string;
  readonly kind: ChangeKind;
  readonly at: Instant;
  readonly noticedAt: Instant;
}

/**
 * Stores changes of tasks for catch-ups, previews and explanations. Progress is stored as snapshots. Alarms
 * by one subscription's own thresholds are stored only as decisions of its channel.
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

/** Changes noticed after `from` and up to `to`, oldest first; only the newest `most` if there are more. */
export async function readChangesBetween(
  db: Kysely<Schema>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  most: number,
): Promise<readonly RecordedChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(COLUMNS)
    .where('noticed_at', '>', from)
    .where('noticed_at', '<=', to)
    .orderBy('noticed_at', 'desc')
    .orderBy('rowid', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().flatMap(toChange);
}

/** A task's recorded changes: the first `most`, the last `most`, and the number between. */
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
  const columns = changes.select(COLUMNS);
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

/** Changes of all tasks noticed at or after `since`, latest first; only the latest `most` if there are more. */
export async function readChangesSince(
  db: Kysely<Schema>,
  since: Instant,
  most: number,
): Promise<readonly RecordedChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(COLUMNS)
    .where('noticed_at', '>=', since)
    .orderBy('noticed_at', 'desc')
    .orderBy('rowid', 'desc')
    .limit(most)
    .execute();
  return rows.flatMap(toChange);
}

/** A task's recorded changes, oldest first; only the latest `most` if there are more. */
export async function readLatestChanges(
  db: Kysely<Schema>,
  operationId: string,
  most: number,
): Promise<readonly RecordedChange[]> {
  const rows = await db
    .selectFrom('change')
    .select(COLUMNS)
    .where('operation_id', '=', operationId)
    .orderBy('noticed_at', 'desc')
    .orderBy('at', 'desc')
    .orderBy('rowid', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().flatMap(toChange);
}

/** Leaves out kinds that a newer version of the bot recorded: this one has no text for them. */
function toChange(row: {
  readonly operation_id: string;
  readonly kind: string;
  readonly at: number;
  readonly noticed_at: number;
}): readonly RecordedChange[] {
  const kind = POSTED_KINDS.find((one) => one === row.kind);
  if (kind === undefined) return [];
  return [{ operationId: row.operation_id, kind, at: row.at, noticedAt: row.noticed_at }];
}
