import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { fetch } from 'undici';
import { createHttpAgent, type ProxySettings } from '../../lib/http-agent.ts';
import { clockAhead } from '../../lib/wait.ts';
import { boltLogger } from './bolt-logger.ts';
import { refusalIn } from './slack-words.ts';

export interface WebClientSettings {
  readonly apiUrl: string;
}

export interface SlackCallEvent {
  /** Response URLs count as `response_url`. */
  readonly method: string;
  /** `answered`, Slack's error word, `http_…`, or `no-answer`. */
  readonly outcome: string;
  readonly milliseconds: number;
  /** How far this machine's clock is ahead of Slack's, in milliseconds; null if unknown. */
  readonly clockAhead: number | null;
}

/** Called after every request to Slack's Web API. */
export type OnSlackCall = (event: SlackCallEvent) => void;

/**
 * Options of the client that answers people: short timeouts and two quick retries. Retries are safe because
 * this client only reads, opens views and answers through response URLs.
 */
export function askingClientOptions(
  { apiUrl }: WebClientSettings,
  log: Logger,
  fetch: CountingFetch,
): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger: boltLogger(log),
    retryConfig: { retries: 2, factor: 2, minTimeout: 200, maxTimeout: 1_000 },
    // Waiting out a rate limit would delay every other answer; the rate-limited user gets an error instead.
    rejectRateLimitedCalls: true,
    timeout: 5_000,
    allowAbsoluteUrls: false,
    fetch,
  };
}

/**
 * Options of a client that changes something. It never retries by itself: a post whose response was lost may
 * still be in the channel, and only the delivery can check. Rate limits are reported at once, so that other
 * channels are not held up.
 */
export function writingClientOptions(apiUrl: string, log: Logger, fetch: CountingFetch): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 4_000,
    allowAbsoluteUrls: false,
    fetch,
  };
}

/** The clients that post notifications and answers, one per token; those unused for longest are dropped. */
export function createPostingClients(
  { apiUrl }: WebClientSettings,
  log: Logger,
  fetch: CountingFetch,
): (token: string) => WebClient {
  const clients = new Map<string, WebClient>();
  const options = writingClientOptions(apiUrl, log, fetch);
  return (token) => {
    const client = clients.get(token) ?? new WebClient(token, options);
    // Re-inserting moves it to the end, so the first entry is the least recently used.
    clients.delete(token);
    clients.set(token, client);
    const [oldest] = clients.keys();
    if (clients.size > MOST_CLIENTS && oldest !== undefined) clients.delete(oldest);
    return client;
  };
}

/** Maps each of Bolt's clients to a posting client with the same token. */
export function createPosting(
  settings: WebClientSettings,
  log: Logger,
  fetch: CountingFetch,
): (client: WebClient) => WebClient {
  const telling = createPostingClients(settings, log, fetch);
  return ({ token }) => telling(token ?? '');
}

/** Workspaces are few; clients beyond this hold tokens no longer in use. */
const MOST_CLIENTS = 200;

type FetchOfClient = NonNullable<WebClientOptions['fetch']>;
/** Fetch that returns the global `Response`, and reports each request. */
export type CountingFetch = (...request: Parameters<FetchOfClient>) => Promise<Response>;

/** One process's connection to Slack. */
export interface SlackConnection {
  readonly fetch: CountingFetch;
  /** Closes all connections; calls in flight fail. */
  close(): Promise<void>;
}

/** Read-only methods, by their last word. */
const READING = /\.(?:getPermalink|history|info|list|members|replies|test)$/;

/**
 * Connects to Slack with our own HTTP agent, and reports each request. A read-only call whose connection
 * broke before any response is retried once: a proxy in between may have dropped the connection silently.
 */
export function connectSlack(onCall: OnSlackCall, proxy: ProxySettings | null): SlackConnection {
  const agent = createHttpAgent({ proxy });
  const send: CountingFetch = async (input, init) => {
    const method = methodOf(String(input));
    // The machine's clock: Bolt checks the age of a signature by it, so it must match Slack's.
    const start = Date.now();
    const report = (outcome: string, date: string | null) => {
      const end = Date.now();
      onCall({ method, outcome, milliseconds: end - start, clockAhead: clockAhead(date, start, end) });
    };
    let began = false;
    const dispatcher = agent.dispatcher();
    try {
      const answer = await fetch(input, { ...init, ...(await bodyOf(init)), dispatcher });
      began = true;
      const text = await answer.text();
      const outcome = answer.ok ? (refusalIn(text) ?? 'answered') : `http_${answer.status}`;
      report(outcome, answer.headers.get('date'));
      const { status, statusText } = answer;
      return new Response(text === '' ? null : text, { status, statusText, headers: [...answer.headers] });
    } catch (error) {
      report('no-answer', null);
      if (began || init?.signal?.aborted) throw error;
      agent.startAfresh(dispatcher);
      throw new NothingCameError(error);
    }
  };
  return {
    async fetch(input, init) {
      try {
        return await send(input, init);
      } catch (error) {
        if (!(error instanceof NothingCameError)) throw error;
        if (!READING.test(methodOf(String(input)))) throw error.cause;
      }
      return await send(input, init).catch((error: unknown) => {
        throw error instanceof NothingCameError ? error.cause : error;
      });
    },
    close: agent.destroy,
  };
}

/** Slack's client sends Node's own FormData, which the fetch of the undici package does not recognise. */
async function bodyOf(init: Parameters<FetchOfClient>[1]) {
  const body = init?.body;
  if (body === undefined || typeof body === 'string') return { body };
  const form = new Response(body);
  const headers = { ...init?.headers, 'Content-Type': form.headers.get('content-type') ?? '' };
  return { headers, body: new Uint8Array(await form.arrayBuffer()) };
}

/** The connection failed, or broke, before any response. */
class NothingCameError extends Error {
  constructor(cause: unknown) {
    super('nothing came', { cause });
  }
}

/** The API method in a URL; any other URL is one that Slack handed out. */
function methodOf(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  return /^[a-z]+(\.[a-zA-Z]+)+$/.test(last) ? last : 'response_url';
}
