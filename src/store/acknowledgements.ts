import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../core/acknowledgement.ts';
import { inChunks } from './chunks.ts';
import type { Schema } from './schema.ts';

/** Who looks after a task, as far as this channel was told; null: nobody said so. */
export async function readAcknowledgement(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
): Promise<Acknowledgement | null> {
  const row = await db
    .selectFrom('acknowledgement')
    .selectAll()
    .where('channel', '=', channel)
    .where('operation_id', '=', operationId)
    .executeTakeFirst();
  return row ? { by: row.acknowledged_by, at: row.acknowledged_at } : null;
}

/** Records who looks after a task. The first one stays: returns false where somebody had said so before. */
export async function acknowledge(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
  { by, at }: Acknowledgement,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('acknowledgement')
    .values({ channel, operation_id: operationId, acknowledged_by: by, acknowledged_at: at })
    .onConflict((conflict) => conflict.columns(['operation_id', 'channel']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Forgets who looked after these tasks: they began a new run, whose trouble nobody has looked at. */
export async function dropAcknowledgements(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<void> {
  for (const ids of inChunks(operationIds)) {
    await db.deleteFrom('acknowledgement').where('operation_id', 'in', ids).execute();
  }
}
