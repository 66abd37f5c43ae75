import type { KnownBlock, MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import { fullOrPlain } from './full-or-plain.ts';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';

/** For every edit and ephemeral message: nothing in the text is parsed as a mention or a link. */
export const AS_WRITTEN = { parse: 'none', link_names: false } as const;
/** For every post and every answer to a response URL: links and media are not unfurled either. */
export const POSTED_AS_WRITTEN = { ...AS_WRITTEN, unfurl_links: false, unfurl_media: false } as const;

/** Where to post: a channel or user id, and optionally a thread in it. */
export interface Address {
  readonly channel: string;
  readonly threadTs: string | null;
}

export interface PostOptions {
  /** Identifies the message, so that we can find it in the channel's history. */
  readonly metadata?: MessageMetadata;
  /** Also shows the reply in its channel. */
  readonly broadcast?: boolean;
  /**
   * Runs before the second attempt, without blocks. Slack may count the refused post against its rate limit.
   */
  readonly beforeText?: (failure: SlackFailure) => Promise<void>;
}

export type PostOutcome =
  | {
      readonly kind: 'posted';
      readonly form: 'blocks' | 'text';
      readonly channel: string;
      readonly ts: string;
      /** Meant as a reply, but posted in the channel itself because its thread is gone. */
      readonly loose: boolean;
    }
  /** Slack refused to post it. If its form was refused, even the text alone was. */
  | { readonly kind: 'refused'; readonly failure: SlackFailure }
  /** No response: it may have been posted, unless `failure.repeat` is `never-sent`. */
  | { readonly kind: 'unknown'; readonly failure: SlackFailure };

/** Posts a message once, as text if its blocks are refused. The client must not retry by itself. */
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

/** Posts a message only one user sees, as text if its blocks are refused. Rejects as the client does. */
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
