import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { type Address, type PostOutcome, post } from '../out/post.ts';
import type { Place } from './place.ts';

/** Who pressed, and a client that repeats nothing. */
export interface Teller {
  readonly client: WebClient;
  readonly userId: string;
}

/** Posts in the thread, or in the direct messages of whoever pressed. */
export function tellThere(
  { client, userId }: Teller,
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
