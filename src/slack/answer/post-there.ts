import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { type Address, type PostOutcome, post } from '../out/post.ts';
import type { Place } from './place.ts';
import { privately, type Response, sayPrivately } from './response.ts';

/** Who pressed, and a client that repeats nothing. */
export interface Poster {
  readonly client: WebClient;
  readonly userId: string;
}

/** Posts in the thread, or in the direct messages of whoever pressed. */
export function postThere(
  { client, userId }: Poster,
  place: Exclude<Place, { readonly kind: 'answer' }>,
  message: Message,
): Promise<PostOutcome> {
  const address: Address =
    place.kind === 'thread'
      ? { channel: place.channel, threadTs: place.threadTs }
      : // A person's id opens the direct messages with the bot; no scope beside `chat:write` is needed.
        { channel: userId, threadTs: null };
  return post(client, address, message);
}

/** What a person is told when nobody knows whether the post arrived. */
export const PERHAPS_POSTED =
  'Slack did not say whether my message arrived. Look there first; if it is missing, press again.';

export interface PostedMessage {
  /** What is still to be sent through the response URL; null when all is said. */
  readonly response: Response | null;
  /** Where a file belonging to it goes: null to whoever pressed alone, `nowhere` when nobody knows what was sent. */
  readonly place: Address | null | 'nowhere';
}

/**
 * Tells something at its place. A thread that refuses the post (the bot was removed, say, or may not post so soon again)
 * does not cost the person the answer: then it is theirs alone.
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
