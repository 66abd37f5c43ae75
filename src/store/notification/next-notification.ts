import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';

/** Word for word as in the index `notification_turn` (migrations/001-first.ts), which would not serve otherwise. */
const IS_OPEN = sql<boolean>`state in ('pending', 'sending')`;
const TURN = sql<number>`case when attempts > 0 then 0 when place = 'reply' and broadcast = 0 then 2 else 1 end`;

/**
 * The notification of a channel that goes next. What was begun is finished before anything else begins; then come new messages
 * and replies that the whole channel sees, since people wait for them, then replies that only a thread shows; each of
 * these in the order of writing. Whatever goes next, what was written before it under the same message goes before it: a
 * task's story is never told out of order. So what belongs after a notification in doubt waits until that is settled, and
 * nothing else does.
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
  // Nothing stands before a root under its message, nor before the oldest of the replies that came last.
  const overtakes = first?.place === 'reply' && (first.attempts > 0 || first.broadcast === 1);
  if (!overtakes) return first;
  return await waiting.where('message_id', '=', first.message_id).orderBy('seq').limit(1).executeTakeFirst();
}

/** A notification that may be in Slack or not, of the same story as the `notification` that is looked at: its message, or its task. */
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
