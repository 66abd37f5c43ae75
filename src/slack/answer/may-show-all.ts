import type { WebClient } from '@slack/web-api';
import { context, type Message } from '../../render/blocks/message.ts';
import { readSubscriptionsOf } from '../../store/subscription/subscriptions.ts';
import type { SlackParts } from '../app/parts.ts';
import type { Answer } from './answer.ts';

type Parts = Pick<SlackParts, 'db' | 'sharedChannels'>;

/**
 * Whether an answer may be shown to the whole channel. Not if other organisations read it, or Slack does not
 * say in time, unless one of the channel's subscriptions allows it.
 */
export async function mayShowAll(
  { db, sharedChannels }: Parts,
  client: WebClient,
  channel: string | null,
): Promise<boolean> {
  if (channel === null || (await sharedChannels.soon(client, channel)) !== true) return true;
  return (await readSubscriptionsOf(db, channel)).some(({ external }) => external === true);
}

/** The same answer, shown only to the asker if the channel may not see it. */
export function withinOrganisation(answer: Answer, mayShow: boolean): Answer {
  if (answer.audience === 'asker' || mayShow) return answer;
  return { message: onlyForYou(answer.message), audience: 'asker' };
}

/** Adds a note that explains why nobody else sees the answer. */
export function onlyForYou(message: Message, why = ONLY_YOU): Message {
  // Slack accepts at most 50 blocks; a full message gets no note.
  return message.blocks.length >= 50 ? message : { ...message, blocks: [...message.blocks, context(why)] };
}

/** Shown when other organisations read the channel, or may. */
export const ONLY_YOU =
  'Only you see this: another organisation reads this channel, or Slack did not say in time whether one does. `/upgrades subscribe … external:yes` lets it read along.';

/** Shown under an answer that was meant for the channel but could not be posted there. */
export const NOT_TAKEN = 'Only you see this: Slack did not take my answer where you asked.';
