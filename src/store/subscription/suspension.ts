import type { Kysely } from 'kysely';
import { EXTERNALLY_SHARED } from '../../core/access/channel-sharing.ts';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { replaceUnpostedRoots } from '../notification/make-root.ts';

/** Channels whose subscriptions are suspended: what they would hear is kept for them. */
export async function readSuspendedChannels(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('subscription')
    .select('channel')
    .where('suspended_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ channel }) => channel));
}

/** Channels that are closed to us for this reason. */
export async function readClosedChannels(db: Kysely<Schema>, reason: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('channel')
    .distinct()
    .where('suspended_reason', '=', reason)
    .execute();
  return rows.map(({ channel }) => channel);
}

/**
 * Channels for which new notifications are kept back: closed ones, and those open again whose kept notifications are not released
 * yet. What is new must not overtake what was kept.
 */
export async function readKeepingChannels(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('notification')
    .select('channel')
    .distinct()
    .where('state', '=', 'suspended')
    .execute();
  return new Set([...(await readSuspendedChannels(db)), ...rows.map(({ channel }) => channel)]);
}

/**
 * Keeps back everything a channel has not been told, because Slack refuses the channel for good, or because others read it.
 * Nothing is dropped. That others read it stays the reason, whatever else comes: another one is tried again in a while.
 */
export async function suspendChannel(
  db: Kysely<Schema>,
  channel: string,
  suspension: { readonly at: Instant; readonly reason: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (suspension.reason === EXTERNALLY_SHARED) {
      // Slack did not refuse what is under way: it may be in the channel, and nobody looks for it any more.
      await tx
        .updateTable('notification')
        .set({ doubtful: 1 })
        .where('channel', '=', channel)
        .where('state', '=', 'sending')
        .execute();
    }
    await tx
      .updateTable('notification')
      .set({ state: 'suspended' })
      .where('channel', '=', channel)
      .where('state', 'in', ['pending', 'sending'])
      .execute();
    await tx
      .updateTable('subscription')
      .set({ suspended_at: suspension.at, suspended_reason: suspension.reason })
      .where('channel', '=', channel)
      .where((eb) =>
        eb.or([eb('suspended_reason', 'is', null), eb('suspended_reason', '!=', EXTERNALLY_SHARED)]),
      )
      .execute();
  });
}

/** Takes a closed channel up again; what was kept back for it is told with the next release (notify/release-held.ts). */
export async function resumeChannel(db: Kysely<Schema>, channel: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Roots whose edits were refused meanwhile: nobody knows what they show.
    await tx
      .updateTable('message')
      .set(({ eb }) => ({ wanted_version: eb('wanted_version', '+', 1) }))
      .where('channel', '=', channel)
      .where('ts', 'is not', null)
      .where('shown', 'is', null)
      .execute();
    await tx
      .updateTable('subscription')
      .set({ suspended_at: null, suspended_reason: null })
      .where('channel', '=', channel)
      .execute();
  });
}

/** Settles one notification that Slack takes in no form. It stays in the store for people to look at. */
export async function refuseNotification(db: Kysely<Schema>, notification: NotificationRow): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('notification')
      .set({ state: 'refused' })
      .where('seq', '=', notification.seq)
      .execute();
    if (notification.place === 'root' && notification.message_id !== null)
      await replaceUnpostedRoots(tx, [notification.message_id]);
  });
}

/** How long the notifications of a closed channel are kept, in milliseconds. */
export const KEPT_SUSPENDED = 7 * 24 * 3_600_000;

/**
 * Gives up what was kept for closed channels since before that moment. Returns how many notifications that were. A channel that
 * nobody subscribes any more may be among them: what its old threads were to hear is kept as well.
 */
export async function expireSuspended(db: Kysely<Schema>, before: Instant): Promise<number> {
  return await inTransaction(db, async (tx) => {
    const closed = [...(await readSuspendedChannels(tx))];
    const expired = await tx
      .updateTable('notification')
      .set({ state: 'expired' })
      .where('noticed_at', '<', before)
      .where((eb) =>
        eb.or([
          eb('state', '=', 'suspended'),
          ...(closed.length === 0 ? [] : [eb.and([eb('state', '=', 'held'), eb('channel', 'in', closed)])]),
        ]),
      )
      .returning(['place', 'message_id'])
      .execute();
    await replaceUnpostedRoots(
      tx,
      expired.flatMap(({ place, message_id }) =>
        place === 'root' && message_id !== null ? [message_id] : [],
      ),
    );
    return expired.length;
  });
}
