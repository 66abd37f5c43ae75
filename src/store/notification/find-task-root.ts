import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.ts';

/** One of our messages that is the root of a single task's thread. */
export interface TaskRoot {
  readonly messageId: string;
  readonly channel: string;
  readonly operationId: string;
}

/** The task whose root is this Slack message; null for a summary, or a message that is not ours. */
export async function findTaskRoot(
  db: Kysely<Schema>,
  channel: string,
  ts: string,
): Promise<TaskRoot | null> {
  const row = await db
    .selectFrom('message')
    .innerJoin('thread', 'thread.message_id', 'message.id')
    .select(['message.id', 'thread.operation_id'])
    .where('message.channel', '=', channel)
    .where('message.ts', '=', ts)
    .where('message.kind', '=', 'task')
    .executeTakeFirst();
  return row ? { messageId: row.id, channel, operationId: row.operation_id } : null;
}
