import type { Kysely } from 'kysely';
import { EXTERNALLY_SHARED, isClosedBySharing, sharingStep } from '../../core/access/channel-sharing.ts';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema } from '../engine/schema.ts';
import { readSubscriptionsOf, withdrawNotifications } from './subscriptions.ts';
import { resumeChannel, suspendChannel } from './suspension.ts';

/** Every channel that gets notifications, from a subscription or from a thread that outlived it. */
export async function readNotifiedChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('channel')
    .union(db.selectFrom('thread').select('channel'))
    .execute();
  return rows.map(({ channel }) => channel);
}

/**
 * Ends all threads in a channel that other organisations read and that has no subscription: nothing can allow
 * its threads to continue.
 */
export async function forgetThreads(db: Kysely<Schema>, channel: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await withdrawNotifications(tx, channel);
    await tx.deleteFrom('thread').where('channel', '=', channel).execute();
    await tx.updateTable('message').set({ ts: null }).where('channel', '=', channel).execute();
  });
}

/**
 * Closes or opens a channel once it is known whether other organisations read it. If they do and it has no
 * subscription, its threads end.
 */
export async function settleSharing(
  db: Kysely<Schema>,
  channel: string,
  shared: boolean,
  at: Instant,
): Promise<'close' | 'open' | 'stay'> {
  return await inTransaction(db, async (tx) => {
    const subscriptions = await readSubscriptionsOf(tx, channel);
    if (shared && subscriptions.length === 0) await forgetThreads(tx, channel);
    const step = sharingStep(shared, subscriptions);
    if (step === 'close') await suspendChannel(tx, channel, { at, reason: EXTERNALLY_SHARED });
    if (step === 'open') await resumeChannel(tx, channel);
    return step;
  });
}

/** Reopens a channel, unless other organisations reading it closed it. Returns false if it stays closed. */
export async function resumeUnlessShared(db: Kysely<Schema>, channel: string): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    if (isClosedBySharing(await readSubscriptionsOf(tx, channel))) return false;
    await resumeChannel(tx, channel);
    return true;
  });
}
