import type { Kysely } from 'kysely';
import type { ChannelHours } from '../core/subscription.ts';
import { readHoursSet } from '../store/channel-hours.ts';
import type { Schema } from '../store/schema.ts';
import { readSubscriptionsOf, type StoredSubscription } from '../store/subscriptions.ts';

/** Everything one channel is told of. */
export interface ChannelSubscriptions {
  /** Oldest first. */
  readonly present: readonly StoredSubscription[];
  readonly hours: ChannelHours | null;
}

/** What a channel is told of, and when. */
export async function listSubscriptions(db: Kysely<Schema>, channel: string): Promise<ChannelSubscriptions> {
  const hours = await readHoursSet(db, channel);
  return { present: await readSubscriptionsOf(db, channel), hours };
}
