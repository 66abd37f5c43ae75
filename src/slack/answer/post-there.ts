import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { type Address, type PostOutcome, post } from '../out/post.ts';
import type { Place } from './place.ts';
import { privately, type Response, sayPrivately } from './response.ts';

/** The user who pressed, and a client that never retries. */
export interface Poster {
  readonly client: WebClient;
  readonly userId: string;
}

/** Posts in the thread, or in the user's direct messages. */
export function postThere(
  { client, userId }: Poster,
  place: Exclude<Place, { readonly kind: 'answer' }>,
  message: Message,
): Promise<PostOutcome> {
  const address: Address =
    place.kind === 'thread'
      ? { channel: place.channel, threadTs: place.threadTs }
      : // Posting to a user id opens the bot's direct messages; no scope but `chat:write` is needed.
        { channel: userId, threadTs: null };
  return post(client, address, message);
}

/** Shown when it is unknown whether the post arrived. */
export const PERHAPS_POSTED =
  'Slack did not say whether my message arrived. Look there first; if it is missing, press again.';

export interface PostedMessage {
  /** What remains to be sent through the response URL; null if nothing does. */
  readonly response: Response | null;
  /** Where its file goes: null for direct messages, `nowhere` if the message may not have arrived. */
  readonly place: Address | null | 'nowhere';
}

/**
 * Posts a message at its place. If the thread refuses it (the bot was removed, or is rate limited), the user
 * still gets the answer, privately.
 */
export async function postMessageThere(
  poster: Poster,
  place: Place,
  message: Message,
): Promise<PostedMessage> {
  if (place.kind === 'answer') {
    if (place.audience === 'asker') return { response: privately(message), place: null };
    return {
      response: { ...privately(message), response_type: 'in_channel' },
      place: place.channel === null ? null : { channel: place.channel, threadTs: null },
    };
  }
  const outcome = await postThere(poster, place, message);
  switch (outcome.kind) {
    case 'posted': {
      const threadTs = place.kind === 'thread' ? place.threadTs : null;
      return { response: null, place: { channel: outcome.channel, threadTs } };
    }
    case 'refused':
      return { response: privately(message), place: null };
    case 'unknown':
      return { response: sayPrivately(`:warning: ${PERHAPS_POSTED}`), place: 'nowhere' };
  }
}
