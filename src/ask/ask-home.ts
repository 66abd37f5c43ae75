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

/** How things stand, and which channels are told of what, as far as they are the asker's to see. */
export async function askHome(parts: AskParts, isOwn: (channel: string) => Promise<boolean>): Promise<Home> {
  const [overview, all] = await Promise.all([askOverview(parts), readSubscriptions(parts.db)]);
  const own = new Map<string, boolean>();
  for (const { channel } of all) if (!own.has(channel)) own.set(channel, await isOwn(channel));
  const subscriptions = all.filter(({ channel }) => own.get(channel));
  return { overview, subscriptions, hours: await readAllHours(parts.db) };
}
