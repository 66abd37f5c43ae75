import type { WebClient } from '@slack/web-api';
import { isAnnouncementWaiting, queueAnnouncement } from '../../act/queue-announcement.ts';
import type { Message } from '../../render/blocks/message.ts';
import { DONE_LATER } from '../../render/subscription/subscription-notes.ts';
import type { SlackParts } from '../app/parts.ts';
import { type Address, post } from '../out/post.ts';
import type { Answer } from './answer.ts';

export type Announced =
  | { readonly kind: 'posted' }
  /** The channel is closed to us, for Slack's reason. */
  | { readonly kind: 'closed'; readonly reason: string }
  /** Slack is rate limiting, or an earlier announcement is still waiting: the delivery will post it. */
  | { readonly kind: 'later' }
  /** No response: it may have been posted. */
  | { readonly kind: 'unknown' };

/** Announces a change at once if possible, else through the outbox, so it is neither lost nor out of order. */
export async function announce(
  parts: Pick<SlackParts, 'db' | 'now' | 'newId' | 'posting' | 'wake'>,
  client: WebClient,
  here: Address,
  message: Message,
): Promise<Announced> {
  if (!(await isAnnouncementWaiting(parts.db, here.channel))) {
    const outcome = await post(parts.posting(client), here, message);
    if (outcome.kind !== 'refused') return { kind: outcome.kind };
    const { about, reason } = outcome.failure;
    if (about === 'channel') return { kind: 'closed', reason };
  }
  await queueAnnouncement(parts, here.channel, message);
  parts.wake();
  return { kind: 'later' };
}

/**
 * Response URLs bypass the channel's rate limit, so a change could overtake an earlier announcement. If one
 * is still waiting, the answer is queued behind it and the asker gets a note instead.
 */
export async function inOrder(
  parts: Pick<SlackParts, 'db' | 'now' | 'newId' | 'wake'>,
  channel: string,
  answer: Answer,
): Promise<Answer> {
  const announces = answer.announces === true && answer.audience === 'channel';
  if (!announces || !(await isAnnouncementWaiting(parts.db, channel))) return answer;
  await queueAnnouncement(parts, channel, answer.message);
  parts.wake();
  return { message: DONE_LATER, audience: 'asker' };
}
