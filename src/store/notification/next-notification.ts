import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';

/** Must match the index `notification_turn` (migrations/outbox.ts) word for word, or the index is not used. */
const IS_OPEN = sql<boolean>`state in ('pending', 'sending')`;
const TURN = sql<number>`case when attempts > 0 then 0 when place = 'reply' and broadcast = 0 then 2 else 1 end`;

/**
 * The next notification to send in a channel, by turn: already attempted; new messages and broadcast replies,
 * since people wait for them; thread-only replies. Earlier ones under the same message still go first, so
 * that a task's notifications stay in order. One in doubt blocks only those that belong after it.
 */
export async function readNextNotification(
  db: Kysely<Schema>,
  channel: string,
): Promise<NotificationRow | undefined> {
  const waiting = db
    .selectFrom('notification')
    .selectAll()
    .where(IS_OPEN)
    .where('state', '!=', 'sending')
    .where((notification) => notification.not(notification.exists(doubtBefore(notification, channel))));
  const first = await waiting
    .where('channel', '=', channel)
    .orderBy(TURN)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  // Nothing precedes a root under its message, or the oldest thread-only reply.
  const overtakes = first?.place === 'reply' && (first.attempts > 0 || first.broadcast === 1);
  if (!overtakes) return first;
  return await waiting.where('message_id', '=', first.message_id).orderBy('seq').limit(1).executeTakeFirst();
}

/** A notification in doubt under the same message as `notification`: its root, or one about the same task. */
function doubtBefore(notification: ExpressionBuilder<Schema, 'notification'>, channel: string) {
  return notification
    .selectFrom('notification as doubt')
    .select('doubt.seq')
    .where('doubt.channel', '=', channel)
    .where('doubt.state', '=', 'sending')
    .whereRef('doubt.message_id', '=', 'notification.message_id')
    .where(({ eb, or, ref }) =>
      or([
        eb('doubt.place', '=', 'root'),
        eb('doubt.operation_id', 'is not distinct from', ref('notification.operation_id')),
      ]),
    );
}
