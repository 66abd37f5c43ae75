import type { WebClient } from '@slack/web-api';
import { AS_WRITTEN, type Message } from '../../render/blocks/message.ts';
import type { Address } from '../out/post.ts';

/** Shows an answer to one person of a channel. Rejects as the client does. */
export async function whisper(
  client: WebClient,
  { channel, threadTs, userId }: Address & { readonly userId: string },
  { text, blocks }: Message,
): Promise<void> {
  await client.chat.postEphemeral({
    channel,
    user: userId,
    text,
    blocks: [...blocks],
    ...(threadTs !== null && { thread_ts: threadTs }),
    ...AS_WRITTEN,
  });
}
