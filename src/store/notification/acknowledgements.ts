import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../../core/notification/acknowledgement.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** Who looks after these tasks, by task and channel. */
export async function readAcknowledgements(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Acknowledgement>>> {
  const found = new Map<string, Map<string, Acknowledgement>>();
  for (const ids of inChunks(operationIds)) {
    const rows = await db
      .selectFrom('acknowledgement')
      .selectAll()
      .where('operation_id', 'in', ids)
      .execute();
    for (const row of rows) {
      const channels = found.get(row.operation_id) ?? new Map<string, Acknowledgement>();
      channels.set(row.channel, { by: row.acknowledged_by, at: row.acknowledged_at });
      found.set(row.operation_id, channels);
    }
  }
  return found;
}

/** Who looks after a task, as far as this channel was told; null: nobody said so. */
export async function readAcknowledgement(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
): Promise<Acknowledgement | null> {
  return (await readAcknowledgements(db, [operationId])).get(operationId)?.get(channel) ?? null;
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
