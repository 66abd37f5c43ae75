import type { Kysely } from 'kysely';
import { CHANGE_KINDS, type ChangeKind } from '../../core/change/changes.ts';
import { parseTerms } from '../../core/filter/parse-terms.ts';
import { printTerms } from '../../core/filter/print-filter.ts';
import {
  DEFAULT_KINDS,
  type Mention,
  type OwnThresholds,
  type Subscription,
} from '../../core/subscription/subscription.ts';
import type { Instant } from '../../lib/instant.ts';
import { CLOCK_TOLERANCE } from '../../lib/wait.ts';
import { inChunks } from '../engine/chunks.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema, SubscriptionTable } from '../engine/schema.ts';
import { replaceUnpostedRoots } from '../notification/make-root.ts';

/** A subscription with the details that are only shown to people. */
export interface StoredSubscription extends Subscription {
  /** Slack id of its creator; null if it comes from the settings. */
  readonly createdBy: string | null;
  readonly createdAt: Instant;
  /** Why its channel is closed to us; null while it is open. */
  readonly suspendedReason: string | null;
}

/** All subscriptions, suspended ones included: their notifications are still recorded, so nothing is lost. */
export async function readSubscriptions(db: Kysely<Schema>): Promise<readonly StoredSubscription[]> {
  const rows = await db.selectFrom('subscription').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(toSubscription);
}

/** The subscriptions of one channel, oldest first. */
export async function readSubscriptionsOf(
  db: Kysely<Schema>,
  channel: string,
): Promise<readonly StoredSubscription[]> {
  return (await readSubscriptionsIn(db, [channel])).get(channel) ?? [];
}

/** The subscriptions of these channels, oldest first; channels without any are left out. */
export async function readSubscriptionsIn(
  db: Kysely<Schema>,
  channels: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredSubscription[]>> {
  const found: StoredSubscription[] = [];
  for (const some of inChunks(channels)) {
    const rows = await db
      .selectFrom('subscription')
      .selectAll()
      .where('channel', 'in', some)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    found.push(...rows.map(toSubscription));
  }
  return Map.groupBy(found, ({ channel }) => channel);
}

/** Channels with a subscription, suspended ones included. */
export async function readSubscribedChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db.selectFrom('subscription').select('channel').distinct().execute();
  return rows.map(({ channel }) => channel);
}

/** Adds a subscription, or replaces one with the same channel and filter, keeping id, creator and age. */
export async function saveSubscription(
  db: Kysely<Schema>,
  subscription: Subscription & Pick<StoredSubscription, 'createdBy' | 'createdAt'>,
): Promise<void> {
  const wishes = {
    kinds: subscription.kinds.join(','),
    mentions: JSON.stringify(subscription.mentions),
    thresholds: JSON.stringify(subscription.thresholds),
    external: subscription.external ? (1 as const) : (0 as const),
  };
  await db
    .insertInto('subscription')
    .values({
      id: subscription.id,
      channel: subscription.channel,
      filter: printTerms(subscription.terms),
      ...wishes,
      created_by: subscription.createdBy,
      created_at: subscription.createdAt,
      suspended_at: null,
      suspended_reason: null,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'filter']).doUpdateSet(wishes))
    .execute();
}

/**
 * Changes a subscription's filter and options, keeping id, creator and age. Returns false if the channel has
 * none with that id. The caller makes sure that no other subscription of the channel has that filter.
 */
export async function changeSubscription(
  db: Kysely<Schema>,
  channel: string,
  id: string,
  wished: Pick<Subscription, 'terms' | 'kinds' | 'mentions' | 'thresholds' | 'external'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('subscription')
    .set({
      filter: printTerms(wished.terms),
      kinds: wished.kinds.join(','),
      mentions: JSON.stringify(wished.mentions),
      thresholds: JSON.stringify(wished.thresholds),
      external: wished.external ? 1 : 0,
    })
    .where('channel', '=', channel)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

/** Removes a subscription of this channel. Returns false if there is none with that id. */
export async function deleteSubscription(db: Kysely<Schema>, channel: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('subscription')
    .where('channel', '=', channel)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) > 0;
}

/**
 * Withdraws a channel's unsent notifications, because it wants none any more. Tasks whose root was among them
 * have no root there afterwards, as if never posted.
 */
export async function withdrawNotifications(db: Kysely<Schema>, channel: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const withdrawn = await tx
      .updateTable('notification')
      .set({ state: 'withdrawn' })
      .where('channel', '=', channel)
      .where('state', 'in', ['pending', 'held', 'suspended'])
      // Announcements are still posted, even the one saying that notifications stop.
      .where('kind', '!=', 'announcement')
      .returning(['place', 'message_id'])
      .execute();
    await replaceUnpostedRoots(
      tx,
      withdrawn.flatMap(({ place, message_id }) =>
        place === 'root' && message_id !== null ? [message_id] : [],
      ),
    );
  });
}

/**
 * Subscribes a channel to failures of all tasks on the first start that names it. Later starts leave it
 * alone, so that people can change or remove the subscription.
 */
export async function subscribeOnce(
  db: Kysely<Schema>,
  channel: string,
  { id, now }: { readonly id: string; readonly now: Instant },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const name = `subscribed:${channel}`;
    const done = await tx
      .selectFrom('watch_state')
      .select('name')
      .where('name', '=', name)
      .executeTakeFirst();
    if (done) return;
    await tx
      .insertInto('watch_state')
      .values({ name, value: String(now) })
      .execute();
    const wishes = { terms: [], kinds: DEFAULT_KINDS, mentions: [], thresholds: {} };
    await saveSubscription(tx, { id, channel, ...wishes, createdBy: null, createdAt: now });
  });
}

/** Whether a channel has been suspended for at least `milliseconds`, or since before the clock was set back. */
export async function isSuspendedFor(
  db: Kysely<Schema>,
  channel: string,
  milliseconds: number,
  now: Instant,
): Promise<boolean> {
  const row = await db
    .selectFrom('subscription')
    .select('id')
    .where('channel', '=', channel)
    .where((eb) =>
      eb.or([eb('suspended_at', '<=', now - milliseconds), eb('suspended_at', '>', now + CLOCK_TOLERANCE)]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

function toSubscription(row: SubscriptionTable): StoredSubscription {
  return {
    id: row.id,
    channel: row.channel,
    terms: parseTerms(row.filter).terms,
    kinds: row.kinds.split(',').filter(isChangeKind),
    // Both are written from the same types by `saveSubscription` and `changeSubscription` only.
    mentions: JSON.parse(row.mentions) as readonly Mention[],
    thresholds: JSON.parse(row.thresholds) as OwnThresholds,
    ...(row.external === 1 && { external: true }),
    createdBy: row.created_by,
    createdAt: row.created_at,
    suspendedReason: row.suspended_reason,
  };
}

function isChangeKind(text: string): text is ChangeKind {
  return CHANGE_KINDS.some((kind) => kind === text);
}
