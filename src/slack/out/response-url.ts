import { POSTED_AS_WRITTEN } from './post.ts';
import { meaningOf, refusalIn } from './slack-words.ts';
import type { CountingFetch } from './web-clients.ts';

/**
 * Timeout of one attempt, in real milliseconds. The user has waited long enough; we can answer another way.
 */
const PATIENCE = 5_000;
/** Delay before the second attempt unless Slack names one, in milliseconds. */
const PAUSE = 300;
/** Longest rate limit we wait for, in milliseconds. */
const LONGEST_PAUSE = 3_000;

/** The outcome of sending an answer to a response URL. */
export type Responded =
  | { readonly kind: 'shown' }
  /** Slack read it and refused its form (HTTP 400). */
  | { readonly kind: 'form-refused'; readonly reason: string }
  /** It did not arrive, or it is unknown whether it did: Slack's error word, `http_…`, or `no-answer`. */
  | { readonly kind: 'undelivered'; readonly reason: string };

/** The payload, in the format of response URLs. */
interface Answer {
  readonly text: string;
  readonly blocks?: readonly unknown[];
}

/** Sends an answer to a response URL, as text if its blocks are refused. Never rejects. */
export type Respond = (url: string, answer: Answer) => Promise<Responded>;

type Attempt = Responded | { readonly kind: 'again'; readonly reason: string; readonly after: number };

/**
 * Response URLs have their own servers, which fail like any others. A server error, a rate limit or a broken
 * connection is retried once. A timeout is not: the user has waited long enough. The URL acts like a
 * password, so it appears in no error.
 */
export function createRespond({
  fetch,
  delay,
  patience = PATIENCE,
}: {
  readonly fetch: CountingFetch;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly patience?: number;
}): Respond {
  const attempt = async (url: string, body: string): Promise<Attempt> => {
    const signal = AbortSignal.timeout(patience);
    try {
      const headers = { 'Content-Type': 'application/json' };
      return read(await fetch(url, { method: 'POST', headers, body, signal }));
    } catch {
      return signal.aborted
        ? { kind: 'undelivered', reason: 'no-answer' }
        : { kind: 'again', reason: 'no-answer', after: PAUSE };
    }
  };
  const send = async (url: string, answer: object): Promise<Responded> => {
    const body = JSON.stringify({ ...POSTED_AS_WRITTEN, ...answer });
    const first = await attempt(url, body);
    if (first.kind !== 'again') return first;
    if (first.after <= LONGEST_PAUSE) {
      await delay(first.after, new AbortController().signal);
      const second = await attempt(url, body);
      if (second.kind !== 'again') return second;
    }
    return { kind: 'undelivered', reason: first.reason };
  };
  return async (url, { blocks, ...text }) => {
    const responded = await send(url, blocks === undefined ? text : { ...text, blocks });
    return responded.kind === 'form-refused' && blocks !== undefined ? await send(url, text) : responded;
  };
}

async function read(response: Response): Promise<Attempt> {
  const { status } = response;
  const word = refusalIn(await response.text());
  if (response.ok) return word === null ? { kind: 'shown' } : { kind: 'undelivered', reason: word };
  const reason = word ?? `http_${status}`;
  // A 400 may also be about the URL rather than the payload.
  if (status === 400 && meaningOf(reason).about !== 'used-up') return { kind: 'form-refused', reason };
  if (status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'again', reason, after: Number.isFinite(seconds) ? seconds * 1_000 : PAUSE };
  }
  return status >= 500 ? { kind: 'again', reason, after: PAUSE } : { kind: 'undelivered', reason };
}
