import type { Kysely } from 'kysely';
import type { ChannelHours } from '../core/subscription/subscription.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readHoursSet } from '../store/subscription/channel-hours.ts';
import { readSubscriptionsOf, type StoredSubscription } from '../store/subscription/subscriptions.ts';

export interface ChannelSubscriptions {
  /** Oldest first. */
  readonly present: readonly StoredSubscription[];
  readonly hours: ChannelHours | null;
}

/** A channel's subscriptions and its hours; `hours` is null if none were set. */
export async function listSubscriptions(db: Kysely<Schema>, channel: string): Promise<ChannelSubscriptions> {
  const hours = await readHoursSet(db, channel);
  return { present: await readSubscriptionsOf(db, channel), hours };
}
