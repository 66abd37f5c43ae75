import type { Kysely } from 'kysely';
import { EXTERNALLY_SHARED, isClosedBySharing, sharingStep } from '../core/channel-sharing.ts';
import type { Instant } from '../core/task.ts';
import { inTransaction } from './in-transaction.ts';
import type { Schema } from './schema.ts';
import { readSubscriptionsOf } from './subscriptions.ts';
import { resumeChannel, suspendChannel } from './suspension.ts';

/** Every channel with a subscription. */
export async function readSubscribedChannels(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db.selectFrom('subscription').select('channel').distinct().execute();
  return rows.map(({ channel }) => channel);
}

/** Channels closed because other organisations read them. */
export async function readClosedBySharing(db: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('channel')
    .distinct()
    .where('suspended_reason', '=', EXTERNALLY_SHARED)
    .execute();
  return rows.map(({ channel }) => channel);
}

/** Closes or opens a channel now that it is known whether other organisations read it. */
export async function settleSharing(
  db: Kysely<Schema>,
  channel: string,
  shared: boolean,
  at: Instant,
): Promise<'close' | 'open' | 'stay'> {
  return await inTransaction(db, async (tx) => {
    const step = sharingStep(shared, await readSubscriptionsOf(tx, channel));
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
