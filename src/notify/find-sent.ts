import type { WebClient } from '@slack/web-api';
import type { Instant } from '../lib/instant.ts';
import { createOneAtATime } from '../lib/work/one-at-a-time.ts';
import { readSlackFailure } from '../slack/out/slack-failure.ts';
import { notificationIdOf } from './message-id.ts';

/** What one search of Slack's history says about a notification. */
export type Found =
  /** `threadTs` null: the message is in the channel itself. */
  | { readonly kind: 'found'; readonly ts: string; readonly threadTs: string | null }
  | { readonly kind: 'not-there' }
  /** Not on this page; there are more. */
  | { readonly kind: 'more'; readonly cursor: string }
  /** The thread is gone. */
  | { readonly kind: 'no-thread' }
  /** The history cannot be read (scopes, membership), so nobody can tell. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Rate-limited: search again after this many milliseconds. */
  | { readonly kind: 'limited'; readonly retryAfter: number }
  /** Slack did not answer; try again later. */
  | { readonly kind: 'no-answer'; readonly reason: string; readonly retryAfter: number | null };

export interface Wanted {
  readonly id: string;
  readonly channel: string;
  /** The thread it belongs to; null for the channel itself. */
  readonly threadTs: string | null;
  /** When the post was attempted, in milliseconds by Slack's clock. */
  readonly attemptedAt: Instant;
  /** Slack's cursor for the page to read; null for the first. */
  readonly cursor: string | null;
}

/**
 * Search window around an attempt, in milliseconds. It covers the error in our estimate of Slack's clock and the time
 * a request may be in transit. Slack gives some apps only 15 messages per call and one call a minute, so a wider
 * window could not be read to its end.
 */
const BEFORE = 5_000;
const AFTER = 13_000;
/** https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps */
const MESSAGES = 15;
/** Milliseconds before trying again without a valid token. */
const NO_TOKEN = 60_000;

type Method = 'history' | 'replies';

/**
 * Searches the history of channels or threads for notifications, by the id in the message metadata. Makes one call at
 * a time. While Slack rate-limits a method, callers get `limited` at once and Slack is left alone.
 */
export function createSearch(
  clientFor: (channel: string) => Promise<WebClient>,
  monotonic: () => number,
): (wanted: Wanted) => Promise<Found> {
  const inTurn = createOneAtATime();
  /** When each method may be called again, by workspace and in monotonic time. */
  const rests = new WeakMap<WebClient, Partial<Record<Method, number>>>();

  const find = async (wanted: Wanted): Promise<Found> => {
    const method = wanted.threadTs === null ? 'history' : 'replies';
    try {
      const client = await clientFor(wanted.channel);
      const rest = rests.get(client) ?? {};
      const retryAfter = (rest[method] ?? Number.NEGATIVE_INFINITY) - monotonic();
      if (retryAfter > 0) return { kind: 'limited', retryAfter };
      const found = await look(client, wanted);
      if (found.kind === 'limited') rests.set(client, { ...rest, [method]: monotonic() + found.retryAfter });
      return found;
    } catch (error) {
      return withoutClient(error);
    }
  };
  return (wanted) => inTurn(() => find(wanted));
}

async function look(client: WebClient, wanted: Wanted): Promise<Found> {
  const { channel, threadTs, attemptedAt, cursor } = wanted;
  const asked = {
    channel,
    include_all_metadata: true,
    limit: MESSAGES,
    inclusive: true,
    oldest: seconds(attemptedAt - BEFORE),
    latest: seconds(attemptedAt + AFTER),
    ...(cursor !== null && { cursor }),
  };
  try {
    const answer =
      threadTs === null
        ? await client.conversations.history(asked)
        : await client.conversations.replies({ ...asked, ts: threadTs });
    const message = answer.messages?.find((one) => notificationIdOf(one) === wanted.id);
    if (message?.ts) return { kind: 'found', ts: message.ts, ...threadOf(message) };
    const next = answer.response_metadata?.next_cursor;
    return next ? { kind: 'more', cursor: next } : { kind: 'not-there' };
  } catch (error) {
    const { repeat, about, reason, retryAfter } = readSlackFailure(error);
    if (about === 'limit') return { kind: 'limited', retryAfter: retryAfter ?? 60_000 };
    if (about === 'gone' && threadTs !== null) return { kind: 'no-thread' };
    const undecidable = repeat === 'refused' || about === 'token';
    return undecidable ? { kind: 'unreadable', reason } : { kind: 'no-answer', reason, retryAfter };
  }
}

/** No request was made. Once there is a token again, the history can still be searched. */
function withoutClient(error: unknown): Found {
  const { repeat, reason } = readSlackFailure(error);
  if (repeat === 'refused') return { kind: 'unreadable', reason };
  return { kind: 'no-answer', reason, retryAfter: NO_TOKEN };
}

/** In Slack, the root of a thread has its own `ts` as `thread_ts`. */
function threadOf({ ts, thread_ts }: { readonly ts?: string; readonly thread_ts?: string }) {
  return { threadTs: thread_ts === undefined || thread_ts === ts ? null : thread_ts };
}

function seconds(at: Instant): string {
  return (at / 1_000).toFixed(6);
}
