import type { Kysely } from 'kysely';
import { EXTERNALLY_SHARED } from '../../core/access/channel-sharing.ts';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { replaceUnpostedRoots } from '../notification/make-root.ts';

/** Channels with suspended subscriptions. Their notifications are kept. */
export async function readSuspendedChannels(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('subscription')
    .select('channel')
    .where('suspended_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ channel }) => channel));
}

/** Channels closed to us for this reason. */
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
 * Channels whose new notifications are kept back: closed ones, and reopened ones with kept notifications not
 * released yet, which new ones must not overtake.
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
 * Keeps back all unsent notifications of a channel, because Slack refuses it for good or other organisations
 * read it. Nothing is dropped. Once recorded, external sharing remains the reason: channels closed for other
 * reasons are retried after a while.
 */
export async function suspendChannel(
  db: Kysely<Schema>,
  channel: string,
  suspension: { readonly at: Instant; readonly reason: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (suspension.reason === EXTERNALLY_SHARED) {
      // Slack did not refuse what is being sent: it may be in the channel, and nothing checks that any more.
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

/** Reopens a closed channel. What was kept back is posted with the next release (notify/release-held.ts). */
export async function resumeChannel(db: Kysely<Schema>, channel: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Edits of these roots were refused meanwhile, so it is unknown what they show.
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

/** Settles a notification that Slack accepts in no form. It stays in the store for people to inspect. */
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

/** How long notifications of a closed channel are kept, in milliseconds. */
export const KEPT_SUSPENDED = 7 * 24 * 3_600_000;

/**
 * Expires notifications noticed before `before` for closed channels, and returns how many. Channels without a
 * subscription are included: replies to their old threads are kept too.
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
