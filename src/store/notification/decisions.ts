import type { Kysely } from 'kysely';
import type { RecordedDecision } from '../../core/notification/outbox-plan.ts';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import type { NotificationState } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';

/** Whether a channel was notified of a task's change, why, and what became of the notification. */
export interface DecisionRecord {
  readonly kind: string;
  readonly at: Instant;
  readonly noticedAt: Instant;
  readonly reason: string;
  readonly notification: {
    readonly state: NotificationState;
    readonly held: 'quiet' | 'muted' | 'suspended' | null;
    readonly doubtful: boolean;
    readonly sentAt: Instant | null;
  } | null;
}

/** Records decisions. Call inside the transaction that also writes the notifications. */
export async function writeDecisions(
  db: Kysely<Schema>,
  decisions: readonly RecordedDecision[],
): Promise<void> {
  for (const chunk of inChunks(decisions)) {
    const rows = chunk.map((one) => ({
      channel: one.channel,
      operation_id: one.operationId,
      kind: one.kind,
      at: one.at,
      noticed_at: one.noticedAt,
      reason: one.reason,
      notification_id: one.notificationId,
    }));
    await db.insertInto('decision').values(rows).execute();
  }
}

/** The newest `most` decisions for a channel about one task, oldest first. */
export async function readDecisions(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
  most: number,
): Promise<readonly DecisionRecord[]> {
  const rows = await db
    .selectFrom('decision')
    .leftJoin('notification', 'notification.id', 'decision.notification_id')
    .select(['decision.kind', 'decision.at', 'decision.noticed_at', 'decision.reason'])
    .select(['notification.state', 'notification.held', 'notification.doubtful', 'notification.sent_at'])
    .where('decision.operation_id', '=', operationId)
    .where('decision.channel', '=', channel)
    .orderBy('decision.noticed_at', 'desc')
    .orderBy('decision.rowid', 'desc')
    .limit(most)
    .execute();
  return rows.reverse().map((row) => ({
    kind: row.kind,
    at: row.at,
    noticedAt: row.noticed_at,
    reason: row.reason,
    notification:
      row.state === null
        ? null
        : { state: row.state, held: row.held, doubtful: row.doubtful === 1, sentAt: row.sent_at },
  }));
}

/** When the oldest decision still kept was made, in any channel; null if none is kept. */
export async function readDecisionsSince(db: Kysely<Schema>): Promise<Instant | null> {
  const row = await db
    .selectFrom('decision')
    .select('noticed_at')
    .orderBy('noticed_at')
    .limit(1)
    .executeTakeFirst();
  return row?.noticed_at ?? null;
}
