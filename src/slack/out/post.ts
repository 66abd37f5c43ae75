import type { WebClient } from '@slack/web-api';
import { type Message, POSTED_AS_WRITTEN } from '../../render/blocks/message.ts';
import { refusesBlocks, slackErrorOf } from './slack-error.ts';

/** Where a message is posted: a channel or a person's id, and a thread of it. */
export interface Address {
  readonly channel: string;
  readonly threadTs: string | null;
}

export type PostOutcome =
  | { readonly kind: 'posted'; readonly channel: string; readonly ts: string }
  /** Nothing was posted, for Slack's reason. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer came: it may be there. */
  | { readonly kind: 'unknown' };

/** Posts a message once, as text where its blocks are refused. */
export async function post(
  client: WebClient,
  { channel, threadTs }: Address,
  message: Message,
): Promise<PostOutcome> {
  const base = {
    channel,
    text: message.text,
    ...(threadTs !== null && { thread_ts: threadTs }),
    ...POSTED_AS_WRITTEN,
  };
  try {
    return await send(client, { ...base, blocks: [...message.blocks] });
  } catch (error) {
    if (!refusesBlocks(error)) return outcomeOf(error);
  }
  try {
    return await send(client, base);
  } catch (error) {
    return outcomeOf(error);
  }
}

type Arguments = Parameters<WebClient['chat']['postMessage']>[0];

async function send(client: WebClient, message: Arguments): Promise<PostOutcome> {
  const answer = await client.chat.postMessage(message);
  return { kind: 'posted', channel: answer.channel ?? '', ts: answer.ts ?? '' };
}

function outcomeOf(error: unknown): PostOutcome {
  const reason = slackErrorOf(error);
  return reason === null ? { kind: 'unknown' } : { kind: 'refused', reason };
}
