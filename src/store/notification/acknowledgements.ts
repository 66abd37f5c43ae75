import type { Kysely } from 'kysely';
import type { Acknowledgement } from '../../core/notification/acknowledgement.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** Acknowledgements of these tasks, by task and channel. */
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

/** A channel's acknowledgement of a task; null if nobody acknowledged it there. */
export async function readAcknowledgement(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
): Promise<Acknowledgement | null> {
  return (await readAcknowledgements(db, [operationId])).get(operationId)?.get(channel) ?? null;
}

/** Records an acknowledgement. Returns false and keeps the first one if the channel already has one. */
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

/** Drops acknowledgements of tasks that started a new run: nobody has looked at that run's problems yet. */
export async function dropAcknowledgements(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<void> {
  for (const ids of inChunks(operationIds)) {
    await db.deleteFrom('acknowledgement').where('operation_id', 'in', ids).execute();
  }
}
