import type { Overview } from '../core/answer.ts';
import type { ChannelHours, Subscription } from '../core/subscription.ts';
import { readAllHours } from '../store/channel-hours.ts';
import { readSubscriptions } from '../store/subscriptions.ts';
import { askOverview } from './ask-overview.ts';
import type { AskParts } from './parts.ts';

/** What the home tab shows. */
export interface Home {
  readonly overview: Overview;
  readonly subscriptions: readonly Subscription[];
  /** By channel, of those that have any. */
  readonly hours: ReadonlyMap<string, ChannelHours>;
}

/** How things stand, and which channels are told of what. */
export async function askHome(parts: AskParts): Promise<Home> {
  const [overview, subscriptions] = await Promise.all([askOverview(parts), readSubscriptions(parts.db)]);
  return { overview, subscriptions, hours: await readAllHours(parts.db) };
}
