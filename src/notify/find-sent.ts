import type { WebClient } from '@slack/web-api';
import type { Instant } from '../lib/instant.ts';
import { createOneAtATime } from '../lib/work/one-at-a-time.ts';
import { readSlackFailure } from '../slack/out/slack-failure.ts';
import { notificationIdOf } from './message-id.ts';

/** What one look into Slack's history says of a notification. */
export type Found =
  /** `threadTs` null: it stands in the channel itself. */
  | { readonly kind: 'found'; readonly ts: string; readonly threadTs: string | null }
  | { readonly kind: 'not-there' }
  /** Not on this page; there are more. */
  | { readonly kind: 'more'; readonly cursor: string }
  /** The thread is gone. */
  | { readonly kind: 'no-thread' }
  /** The history cannot be read (scopes, membership), so nobody can tell. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Slack lets us look again after so many milliseconds. */
  | { readonly kind: 'limited'; readonly retryAfter: number }
  /** Slack did not answer this time; ask again later. */
  | { readonly kind: 'no-answer'; readonly reason: string; readonly retryAfter: number | null };

export interface Wanted {
  readonly id: string;
  readonly channel: string;
  /** The thread it belongs to; null for a message of the channel itself. */
  readonly threadTs: string | null;
  /** When it was sent, in milliseconds by Slack's clock. */
  readonly attemptedAt: Instant;
  /** Where the page before this one ended. */
  readonly cursor: string | null;
}

/**
 * Around the moment of an attempt, in milliseconds: what differs between our idea of Slack's clock and its own, and how
 * long a request may be on its way. Slack gives some apps 15 messages a look, and one look a minute: more than these few
 * seconds would not be read to their end.
 */
const BEFORE = 5_000;
const AFTER = 13_000;
/** https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps */
const MESSAGES = 15;
/** A token that is not renewed is asked for again after this long, in milliseconds. */
const NO_TOKEN = 60_000;

type Method = 'history' | 'replies';

/**
 * Looks for notifications in the history of channels, or of threads, by the id in the metadata of messages. One look at a time,
 * and none while Slack wants none of its kind: whoever asks then is told so at once, and Slack is left alone.
 */
export function createSearch(
  clientFor: (channel: string) => Promise<WebClient>,
  monotonic: () => number,
): (wanted: Wanted) => Promise<Found> {
  const inTurn = createOneAtATime();
  /** Until when, by workspace and by the clock that nobody sets. */
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

/** Nothing was asked: once there is a token again, the history is still there to tell. */
function withoutClient(error: unknown): Found {
  const { repeat, reason } = readSlackFailure(error);
  if (repeat === 'refused') return { kind: 'unreadable', reason };
  return { kind: 'no-answer', reason, retryAfter: NO_TOKEN };
}

/** A message with replies names itself as its thread. */
function threadOf({ ts, thread_ts }: { readonly ts?: string; readonly thread_ts?: string }) {
  return { threadTs: thread_ts === undefined || thread_ts === ts ? null : thread_ts };
}

function seconds(at: Instant): string {
  return (at / 1_000).toFixed(6);
}
