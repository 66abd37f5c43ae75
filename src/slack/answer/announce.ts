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
  /** Slack takes no more for now, or an earlier announcement waits: the delivery posts it. */
  | { readonly kind: 'later' }
  /** No answer came: it may be there. */
  | { readonly kind: 'unknown' };

/**
 * Tells a conversation what somebody changed there: at once where Slack lets us, else as a notification of the outbox, so that it
 * is neither lost nor said out of order.
 */
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
 * An answer as it may be shown at once through a response URL, which no limit of the channel holds up: what announces
 * something stands in line behind earlier announcements that wait.
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
