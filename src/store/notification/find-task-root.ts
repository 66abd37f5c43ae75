import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.ts';

/** A message of ours that is the root of one task's thread. */
export interface TaskRoot {
  readonly messageId: string;
  readonly channel: string;
  readonly operationId: string;
}

/** The task of which a message of Slack is the root; null for a summary and for what is no message of ours. */
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
