import type { Kysely } from 'kysely';
import { EXTERNALLY_SHARED, isClosedBySharing, sharingStep } from '../../core/access/channel-sharing.ts';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema } from '../engine/schema.ts';
import { readSubscriptionsOf, withdrawNotifications } from './subscriptions.ts';
import { resumeChannel, suspendChannel } from './suspension.ts';

/** Every channel that is told of something: of a subscription, or of a thread that outlived it. */
export async function readNotifiedChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('channel')
    .union(db.selectFrom('thread').select('channel'))
    .execute();
  return rows.map(({ channel }) => channel);
}

/**
 * Leaves a channel that other organisations read alone for good: nobody subscribes it, so that nobody could allow its
 * threads to go on there.
 */
export async function forgetThreads(db: Kysely<Schema>, channel: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await withdrawNotifications(tx, channel);
    await tx.deleteFrom('thread').where('channel', '=', channel).execute();
    await tx.updateTable('message').set({ ts: null }).where('channel', '=', channel).execute();
  });
}

/**
 * Closes or opens a channel now that it is known whether other organisations read it. Where nobody subscribes it any more,
 * what is left of its threads ends.
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

/** Takes up a channel that was closed for another reason than that others read it. False where it stays closed. */
export async function resumeUnlessShared(db: Kysely<Schema>, channel: string): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    if (isClosedBySharing(await readSubscriptionsOf(tx, channel))) return false;
    await resumeChannel(tx, channel);
    return true;
  });
}
