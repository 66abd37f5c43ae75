import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { fullOrPlain } from './full-or-plain.ts';
import { AS_WRITTEN } from './post.ts';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';

export type EditOutcome =
  | { readonly kind: 'edited' }
  | { readonly kind: 'failed'; readonly failure: SlackFailure };

/**
 * Replaces a message, as text if its blocks are refused. Safe to repeat: an edit carries the whole message.
 */
export async function edit(
  client: WebClient | Promise<WebClient>,
  { channel, ts }: { readonly channel: string; readonly ts: string },
  { text, blocks }: Message,
): Promise<EditOutcome> {
  // If `blocks` is omitted, Slack keeps the old ones.
  const send = async (shown: KnownBlock[]) => {
    await (await client).chat.update({ channel, ts, text, blocks: shown, ...AS_WRITTEN });
  };
  try {
    await fullOrPlain(
      () => send([...blocks]),
      () => send([]),
    );
    return { kind: 'edited' };
  } catch (error) {
    return { kind: 'failed', failure: readSlackFailure(error) };
  }
}
