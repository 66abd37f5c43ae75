import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { AS_WRITTEN } from './as-written.ts';
import { fullOrPlain } from './full-or-plain.ts';
import type { Address } from './post.ts';

/** Shows a message to one person of a channel, as text where its blocks are refused. Rejects as the client does. */
export async function whisper(
  { chat }: WebClient,
  { channel, threadTs, userId }: Address & { readonly userId: string },
  { text, blocks }: Message,
): Promise<void> {
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  const send = (shown: KnownBlock[]) =>
    chat.postEphemeral({ channel, user: userId, text, blocks: shown, ...thread, ...AS_WRITTEN });
  await fullOrPlain(
    () => send([...blocks]),
    () => send([]),
  );
}
