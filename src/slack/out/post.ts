import type { KnownBlock, MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { fullOrPlain } from './full-or-plain.ts';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';

/** Goes with every edit and every ephemeral message: none of their text is read as a mention or a link. */
export const AS_WRITTEN = { parse: 'none', link_names: false } as const;
/** Goes with every post and every answer to a response URL: nothing in them unfurls either. */
export const POSTED_AS_WRITTEN = { ...AS_WRITTEN, unfurl_links: false, unfurl_media: false } as const;

/** Where a message is posted: a channel or a person's id, and a thread of it. */
export interface Address {
  readonly channel: string;
  readonly threadTs: string | null;
}

export interface PostOptions {
  /** Names the message, so that the channel's history can tell whether it arrived. */
  readonly metadata?: MessageMetadata;
  /** Shows a reply in its channel as well. */
  readonly broadcast?: boolean;
  /** Comes before the second attempt, which is without blocks. Slack may count the refused one for its rate. */
  readonly beforeText?: (failure: SlackFailure) => Promise<void>;
}

export type PostOutcome =
  | {
      readonly kind: 'posted';
      readonly form: 'blocks' | 'text';
      readonly channel: string;
      readonly ts: string;
      /** Meant as a reply, and posted in the channel itself: its thread is gone. */
      readonly loose: boolean;
    }
  /** Slack answered that it was not posted: about its form, where it takes not even the text. */
  | { readonly kind: 'refused'; readonly failure: SlackFailure }
  /** No answer came: it may be there, unless the failure says that it was never sent. */
  | { readonly kind: 'unknown'; readonly failure: SlackFailure };

/** Posts a message once, as text where its blocks are refused. The client must not repeat a post by itself. */
export async function post(
  client: WebClient | Promise<WebClient>,
  { channel, threadTs }: Address,
  { text, blocks }: Message,
  { metadata, broadcast = false, beforeText }: PostOptions = {},
): Promise<PostOutcome> {
  const send = async (shown: KnownBlock[] | null): Promise<PostOutcome> => {
    const base = {
      channel,
      text,
      ...(shown !== null && { blocks: shown }),
      ...(metadata !== undefined && { metadata }),
      ...POSTED_AS_WRITTEN,
    };
    const reply = threadTs === null ? null : { ...base, thread_ts: threadTs };
    const answer = await (await client).chat.postMessage(
      reply === null ? base : broadcast ? { ...reply, reply_broadcast: true } : reply,
    );
    return {
      kind: 'posted',
      form: shown === null ? 'text' : 'blocks',
      channel: answer.channel ?? '',
      ts: answer.ts ?? '',
      loose: reply !== null && answer.message !== undefined && answer.message.thread_ts === undefined,
    };
  };
  try {
    return await fullOrPlain(
      () => send([...blocks]),
      async (failure) => {
        await beforeText?.(failure);
        return await send(null);
      },
    );
  } catch (error) {
    const failure = readSlackFailure(error);
    return { kind: failure.word === null ? 'unknown' : 'refused', failure };
  }
}

/** Shows a message to one person of a channel, as text where its blocks are refused. Rejects as the client does. */
export async function whisper(
  client: WebClient,
  { channel, threadTs, userId }: Address & { readonly userId: string },
  { text, blocks }: Message,
): Promise<void> {
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  const send = (shown: KnownBlock[]) =>
    client.chat.postEphemeral({ channel, user: userId, text, blocks: shown, ...thread, ...AS_WRITTEN });
  await fullOrPlain(
    () => send([...blocks]),
    () => send([]),
  );
}
