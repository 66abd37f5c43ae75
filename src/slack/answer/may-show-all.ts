import type { WebClient } from '@slack/web-api';
import { context, type Message } from '../../render/blocks/message.ts';
import { readSubscriptionsOf } from '../../store/subscription/subscriptions.ts';
import type { SlackParts } from '../app/parts.ts';
import type { Answer } from './answer.ts';

type Parts = Pick<SlackParts, 'db' | 'sharedChannels'>;

/**
 * Whether an answer may be shown to a whole channel: not where other organisations read it, unless one of its
 * subscriptions says that they may, and not where Slack does not answer at once whether they do.
 */
export async function mayShowAll(
  { db, sharedChannels }: Parts,
  client: WebClient,
  channel: string | null,
): Promise<boolean> {
  if (channel === null || (await sharedChannels.soon(client, channel)) !== true) return true;
  return (await readSubscriptionsOf(db, channel)).some(({ external }) => external === true);
}

/** The same answer, for the asker alone where the channel may not read it. */
export function withinOrganisation(answer: Answer, mayShow: boolean): Answer {
  if (answer.audience === 'asker' || mayShow) return answer;
  return { message: onlyForYou(answer.message), audience: 'asker' };
}

/** Says under an answer why nobody else sees it. */
export function onlyForYou(message: Message, why = ONLY_YOU): Message {
  // Slack takes 50 blocks; a message that has them all goes without.
  return message.blocks.length >= 50 ? message : { ...message, blocks: [...message.blocks, context(why)] };
}

/** What comes of showing something to a channel that others read. */
export const ONLY_YOU =
  'Only you see this: another organisation reads this channel, or Slack did not say in time whether one does. `/upgrades subscribe … external:yes` lets it read along.';

/** Said under an answer that was meant for a channel and did not get there. */
export const NOT_TAKEN = 'Only you see this: Slack did not take my answer where you asked.';
