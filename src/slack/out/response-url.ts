import { POSTED_AS_WRITTEN } from './post.ts';
import { meaningOf, refusalIn } from './slack-words.ts';
import type { CountingFetch } from './web-clients.ts';

/** Whoever asked has waited long enough by then; and there is another way to answer. Real milliseconds: it is patience. */
const PATIENCE = 5_000;
/** Before the second try, where Slack names no time of its own. Milliseconds. */
const PAUSE = 300;
/** A limit that lasts longer than this is not waited for. Milliseconds. */
const LONGEST_PAUSE = 3_000;

/** What became of an answer that was sent to a response URL. */
export type Responded =
  | { readonly kind: 'shown' }
  /** Slack read it and does not take its form: what the status 400 says. */
  | { readonly kind: 'form-refused'; readonly reason: string }
  /** It is not there, or nobody knows: Slack's word, `http_…`, or `no-answer`. */
  | { readonly kind: 'undelivered'; readonly reason: string };

/** What is sent, in the words of response URLs. */
interface Answer {
  readonly text: string;
  readonly blocks?: readonly unknown[];
}

/** Sends an answer to a response URL, as text where its blocks are refused. Never rejects. */
export type Respond = (url: string, answer: Answer) => Promise<Responded>;

type Attempt = Responded | { readonly kind: 'again'; readonly reason: string; readonly after: number };

/**
 * Response URLs are served by machines of their own, which fail as others do: an error of theirs, a limit or a connection
 * that breaks off is tried once more; silence is not, since the person has waited long enough by then. The URL acts like a
 * password and gets into no error.
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
  // It may be about the address, not about what was sent.
  if (status === 400 && meaningOf(reason).about !== 'used-up') return { kind: 'form-refused', reason };
  if (status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'again', reason, after: Number.isFinite(seconds) ? seconds * 1_000 : PAUSE };
  }
  return status >= 500 ? { kind: 'again', reason, after: PAUSE } : { kind: 'undelivered', reason };
}
