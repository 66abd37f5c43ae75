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

/** One request to Slack's Web API. */
export interface SlackCallEvent {
  /** Response URLs count as `response_url`. */
  readonly method: string;
  /** `answered`, Slack's word for its refusal, `http_…`, or `no-answer`. */
  readonly outcome: string;
  readonly milliseconds: number;
  /** How far this machine's clock is ahead of Slack's, in milliseconds; null where that is not known. */
  readonly clockAhead: number | null;
}

/** Told about every request to Slack's Web API, by method. */
export type OnSlackCall = (event: SlackCallEvent) => void;

/**
 * Options of the client that answers people: short waits and two quick retries. Retries are safe there, since it only
 * reads, opens views and answers through response URLs.
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
    // A limit would hold up every other answer for as long as Slack says; whoever is hit by it is told instead.
    rejectRateLimitedCalls: true,
    timeout: 5_000,
    allowAbsoluteUrls: false,
    fetch,
  };
}

/**
 * Options of a client that changes something. It never retries by itself: a post whose answer was lost may be in the
 * channel, and only the delivery knows how to find out. A limit is reported at once instead of holding up other channels.
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

/** The clients that post notifications and answers, one for each token; those of tokens that were renewed are let go of. */
export function createPostingClients(
  { apiUrl }: WebClientSettings,
  log: Logger,
  fetch: CountingFetch,
): (token: string) => WebClient {
  const clients = new Map<string, WebClient>();
  const options = writingClientOptions(apiUrl, log, fetch);
  return (token) => {
    const client = clients.get(token) ?? new WebClient(token, options);
    // The newest goes to the end, so that the one unused for longest is at the beginning.
    clients.delete(token);
    clients.set(token, client);
    const [oldest] = clients.keys();
    if (clients.size > MOST_CLIENTS && oldest !== undefined) clients.delete(oldest);
    return client;
  };
}

/** Gives each client of Bolt's a twin with the same token that posts. */
export function createPosting(
  settings: WebClientSettings,
  log: Logger,
  fetch: CountingFetch,
): (client: WebClient) => WebClient {
  const telling = createPostingClients(settings, log, fetch);
  return ({ token }) => telling(token ?? '');
}

/** Workspaces are few; what goes beyond are tokens that are not used any more. */
const MOST_CLIENTS = 200;

type FetchOfClient = NonNullable<WebClientOptions['fetch']>;
/** Slack's answer as the machine gives it. */
export type CountingFetch = (...request: Parameters<FetchOfClient>) => Promise<Response>;

/** The way to Slack of one process. */
export interface SlackConnection {
  readonly fetch: CountingFetch;
  /** Cuts all connections; calls under way end with an error. */
  close(): Promise<void>;
}

/** Methods that change nothing, by their last word. */
const READING = /\.(?:getPermalink|history|info|list|members|replies|test)$/;

/**
 * Connects to Slack with connections of our own, and tells about each request. A call that only reads and whose connection
 * broke off before any answer came is made once more: whoever is between may have given up the connection without a word.
 */
export function connectSlack(onCall: OnSlackCall, proxy: ProxySettings | null): SlackConnection {
  const agent = createHttpAgent({ proxy });
  const send: CountingFetch = async (input, init) => {
    const method = methodOf(String(input));
    // The machine's own clock, as Bolt takes for the age of a signature: that is what has to agree with Slack's.
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

/** Slack's client makes forms with files of Node's own class, which the fetch of another undici does not know. */
async function bodyOf(init: Parameters<FetchOfClient>[1]) {
  const body = init?.body;
  if (body === undefined || typeof body === 'string') return { body };
  const form = new Response(body);
  const headers = { ...init?.headers, 'Content-Type': form.headers.get('content-type') ?? '' };
  return { headers, body: new Uint8Array(await form.arrayBuffer()) };
}

/** The connection broke off, or did not come about, before any answer. */
class NothingCameError extends Error {
  constructor(cause: unknown) {
    super('nothing came', { cause });
  }
}

/** The API method of an address; anything that is no method is an address Slack handed out. */
function methodOf(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  return /^[a-z]+(\.[a-zA-Z]+)+$/.test(last) ? last : 'response_url';
}
