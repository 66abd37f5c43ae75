import { z } from 'zod';
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
  | { readonly kind: 'form-refused' }
  /** It is not there, or nobody knows: Slack's word, `http_…`, or `no-answer`. */
  | { readonly kind: 'undelivered'; readonly reason: string };

/** Sends an answer to a response URL. Never rejects. */
export type Respond = (url: string, answer: object) => Promise<Responded>;

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
  return async (url, answer) => {
    const body = JSON.stringify(answer);
    const first = await attempt(url, body);
    if (first.kind !== 'again') return first;
    if (first.after <= LONGEST_PAUSE) {
      await delay(first.after, new AbortController().signal);
      const second = await attempt(url, body);
      if (second.kind !== 'again') return second;
    }
    return { kind: 'undelivered', reason: first.reason };
  };
}

const refusal = z.object({ ok: z.literal(false), error: z.string().regex(/^[a-z_]{1,60}$/) });

async function read(response: Response): Promise<Attempt> {
  const { status } = response;
  const word = refusalIn(await response.text());
  if (response.ok) return word === null ? { kind: 'shown' } : { kind: 'undelivered', reason: word };
  // `expired_url` and `used_url` are about the address, not about what was sent.
  if (status === 400 && !word?.endsWith('_url')) return { kind: 'form-refused' };
  const reason = word ?? `http_${status}`;
  if (status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'again', reason, after: Number.isFinite(seconds) ? seconds * 1_000 : PAUSE };
  }
  return status >= 500 ? { kind: 'again', reason, after: PAUSE } : { kind: 'undelivered', reason };
}

/** Slack answers `ok` as plain text; a refusal is JSON, under any status. */
function refusalIn(text: string): string | null {
  try {
    return refusal.safeParse(JSON.parse(text)).data?.error ?? null;
  } catch {
    return null;
  }
}
