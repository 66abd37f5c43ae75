import type { Overview } from '../core/question/answer.ts';
import type { ChannelHours, Subscription } from '../core/subscription/subscription.ts';
import { readAllHours } from '../store/subscription/channel-hours.ts';
import { readSubscriptions, type StoredSubscription } from '../store/subscription/subscriptions.ts';
import { askOverview } from './ask-overview.ts';
import type { AskParts } from './parts.ts';

/** What the home tab shows. */
export interface Home {
  readonly overview: Overview;
  readonly subscriptions: readonly Subscription[];
  /** By channel; channels without hours are missing. */
  readonly hours: ReadonlyMap<string, ChannelHours>;
}

/** More than the tab can hold. A channel may take two Slack calls; Slack allows about fifty a minute. */
const MOST_CHANNELS = 50;

/** The overview, and the subscriptions of the channels the asker may see. */
export async function askHome(
  parts: Pick<AskParts, 'db' | 'now'>,
  maySee: (subscription: StoredSubscription) => Promise<boolean>,
): Promise<Home> {
  const [overview, all] = await Promise.all([askOverview(parts), readSubscriptions(parts.db)]);
  const seen = new Map<string, boolean>();
  for (const subscription of all) {
    const { channel } = subscription;
    if (!seen.has(channel) && seen.size < MOST_CHANNELS) seen.set(channel, await maySee(subscription));
  }
  const subscriptions = all.filter(({ channel }) => seen.get(channel));
  return { overview, subscriptions, hours: await readAllHours(parts.db) };
}
