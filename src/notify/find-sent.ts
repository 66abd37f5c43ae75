import type { WebClient } from '@slack/web-api';
import { WorkspaceError } from '../core/workspace-error.ts';
import { noticeIdOf } from './message-id.ts';
import { readSlackFailure } from './slack-failure.ts';

export type Found =
  | { readonly kind: 'found'; readonly ts: string }
  | { readonly kind: 'not-there' }
  /** The history cannot be read (scopes, membership), so nobody can tell. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Slack did not answer this time; ask again later. */
  | { readonly kind: 'no-answer'; readonly reason: string; readonly retryAfter: number | null };

export interface Wanted {
  readonly id: string;
  readonly channel: string;
  /** The thread it belongs to; null for a message of the channel itself. */
  readonly threadTs: string | null;
  /** When it was sent, in milliseconds by our clock. */
  readonly attemptedAt: number;
}

/** Our clock and Slack's may differ by this much, in seconds. */
const SKEW = 120;
/** A token that is not renewed is asked for again after this long, in milliseconds. */
const NO_TOKEN = 60_000;
/** Pages of history read at the most: what was sent a minute ago cannot be far back. */
const PAGES = 5;

/** Looks for a notice in the channel's history, or its thread, by the id in the message's metadata. */
export async function findSent(
  clientFor: (channel: string) => Promise<WebClient>,
  wanted: Wanted,
): Promise<Found> {
  const { channel, threadTs } = wanted;
  const common = {
    channel,
    include_all_metadata: true,
    limit: 200,
    oldest: String(Math.floor(wanted.attemptedAt / 1_000) - SKEW),
  };
  let cursor: string | undefined;
  try {
    const client = await clientFor(channel);
    for (let page = 0; page < PAGES; page += 1) {
      const answer =
        threadTs === null
          ? await client.conversations.history({ ...common, ...(cursor && { cursor }) })
          : await client.conversations.replies({ ...common, ts: threadTs, ...(cursor && { cursor }) });
      const message = answer.messages?.find((one) => noticeIdOf(one) === wanted.id);
      if (message?.ts) return { kind: 'found', ts: message.ts };
      cursor = answer.response_metadata?.next_cursor;
      if (!cursor) return { kind: 'not-there' };
    }
    return { kind: 'unreadable', reason: 'history_too_long' };
  } catch (error) {
    // Nothing was asked: once there is a token again, the history is still there to tell.
    if (error instanceof WorkspaceError && error.repeat !== 'refused') {
      return { kind: 'no-answer', reason: error.code, retryAfter: NO_TOKEN };
    }
    const { repeat, about, reason, retryAfter } = readSlackFailure(error);
    const undecidable = repeat === 'refused' || about === 'token';
    return undecidable ? { kind: 'unreadable', reason } : { kind: 'no-answer', reason, retryAfter };
  }
}
