import { type Kysely, sql } from 'kysely';
import type { NoticeRow, Schema } from './schema.ts';

/** Word for word as in the index `notice_turn` (migrations/008-turns.ts), which would not serve otherwise. */
const IS_OPEN = sql<boolean>`state in ('pending', 'sending')`;
const TURN = sql<number>`case when attempts > 0 then 0 when place = 'reply' and broadcast = 0 then 2 else 1 end`;

/**
 * The notice of a channel that goes next. What was begun is finished before anything else begins; then come new messages
 * and replies that the whole channel sees, since people wait for them, then replies that only a thread shows; each of
 * these in the order of writing. Whatever goes next, what was written before it under the same message goes before it: a
 * task's story is never told out of order.
 */
export async function readNextNotice(db: Kysely<Schema>, channel: string): Promise<NoticeRow | undefined> {
  const first = await db
    .selectFrom('notice')
    .selectAll()
    .where('channel', '=', channel)
    .where(IS_OPEN)
    .orderBy(TURN)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  // Nothing stands before a root under its message, nor before the oldest of the replies that came last.
  const overtakes = first?.place === 'reply' && (first.attempts > 0 || first.broadcast === 1);
  if (!overtakes) return first;
  return await db
    .selectFrom('notice')
    .selectAll()
    .where('message_id', '=', first.message_id)
    .where(IS_OPEN)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
}
