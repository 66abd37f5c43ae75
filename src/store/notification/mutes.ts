import type { Kysely } from 'kysely';
import type { Mute } from '../../core/notification/mute.ts';
import type { Instant } from '../../lib/instant.ts';
import { CLOCK_TOLERANCE } from '../../lib/wait.ts';
import { inChunks, inPortions } from '../engine/chunks.ts';
import { givenTexts } from '../engine/given-rows.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema } from '../engine/schema.ts';

/** Mutes of these tasks, by task and channel. Expired mutes may be included. */
export async function readMutes(
  db: Kysely<Schema>,
  operationIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Mute>>> {
  const mutes = new Map<string, Map<string, Mute>>();
  for (const ids of inPortions(operationIds)) {
    const rows = await db
      .selectFrom('mute')
      .selectAll()
      .where('operation_id', 'in', givenTexts(db, ids))
      .execute();
    for (const row of rows) {
      const channels = mutes.get(row.operation_id) ?? new Map<string, Mute>();
      channels.set(row.channel, { until: row.until, by: row.muted_by, at: row.muted_at });
      mutes.set(row.operation_id, channels);
    }
  }
  return mutes;
}

/**
 * Mutes a task in a channel, replacing an earlier mute. Replies held by that one wait until the new `until`.
 * If it is null (until the task ends), they are withdrawn.
 */
export async function writeMute(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
  { until, by, at }: Mute,
): Promise<void> {
  const row = { until, muted_by: by, muted_at: at };
  await inTransaction(db, async (tx) => {
    await tx
      .insertInto('mute')
      .values({ channel, operation_id: operationId, ...row })
      .onConflict((conflict) => conflict.columns(['operation_id', 'channel']).doUpdateSet(row))
      .execute();
    const held = await tx
      .updateTable('notification')
      .set(until === null ? { state: 'withdrawn' } : { due_at: until })
      .where('channel', '=', channel)
      .where('operation_id', '=', operationId)
      .where('state', 'in', ['held', 'suspended'])
      .where('held', '=', 'muted')
      .where('place', '=', 'reply')
      .where('due_at', '>', at)
      .returning('id')
      .execute();
    if (until !== null) return;
    // As if this mute had suppressed them: their decisions then refer to no notification.
    for (const ids of inChunks(held.map(({ id }) => id))) {
      await tx
        .updateTable('decision')
        .set({ notification_id: null })
        .where('notification_id', 'in', ids)
        .execute();
    }
  });
}

/** Unmutes a task in a channel. Notifications held meanwhile are due with the next release. */
export async function deleteMute(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
  now: Instant,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .deleteFrom('mute')
      .where('channel', '=', channel)
      .where('operation_id', '=', operationId)
      .execute();
    await releaseMuted(tx, { channel, operationId }, now);
  });
}

async function releaseMuted(
  db: Kysely<Schema>,
  { channel, operationId }: { readonly channel: string; readonly operationId: string },
  now: Instant,
): Promise<void> {
  await db
    .updateTable('notification')
    .set({ due_at: now })
    .where('channel', '=', channel)
    .where('operation_id', '=', operationId)
    .where('state', 'in', ['held', 'suspended'])
    .where('held', '=', 'muted')
    .execute();
}

/** Ends mutes that last until the task ends. Call inside the transaction that records the end. */
export async function endMutes(db: Kysely<Schema>, operationIds: readonly string[]): Promise<void> {
  for (const ids of inPortions(operationIds)) {
    await db
      .deleteFrom('mute')
      .where('operation_id', 'in', givenTexts(db, ids))
      .where('until', 'is', null)
      .execute();
  }
}

/**
 * Removes and returns expired mutes, including those made before the clock was set back. What the latter held
 * is due with the next release. Call inside a transaction.
 */
export async function takeMutesOver(
  db: Kysely<Schema>,
  now: Instant,
): Promise<readonly { readonly channel: string; readonly operationId: string }[]> {
  const rows = await db
    .deleteFrom('mute')
    .where('until', 'is not', null)
    .where((eb) => eb.or([eb('until', '<=', now), eb('muted_at', '>', now + CLOCK_TOLERANCE)]))
    .returning(['channel', 'operation_id', 'until'])
    .execute();
  const over = rows.map(({ channel, operation_id, until }) => ({
    channel,
    operationId: operation_id,
    until,
  }));
  for (const mute of over) {
    if (mute.until !== null && mute.until > now) await releaseMuted(db, mute, now);
  }
  return over;
}
