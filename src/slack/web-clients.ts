import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { clockAhead } from '../core/clock-ahead.ts';
import { boltLogger } from './bolt-logger.ts';

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
  onCall: OnSlackCall,
): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    logger: boltLogger(log),
    retryConfig: { retries: 2, factor: 2, minTimeout: 200, maxTimeout: 1_000 },
    // A limit would hold up every other answer for as long as Slack says; whoever is hit by it is told instead.
    rejectRateLimitedCalls: true,
    timeout: 5_000,
    allowAbsoluteUrls: false,
    fetch: countingFetch(onCall),
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

/** The clients that post notices and answers, one for each token; those of tokens that were renewed are let go of. */
export function createTellingClients(
  { apiUrl }: WebClientSettings,
  log: Logger,
  onCall: OnSlackCall,
): (token: string) => WebClient {
  const clients = new Map<string, WebClient>();
  const options = writingClientOptions(apiUrl, log, countingFetch(onCall));
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
  onCall: OnSlackCall,
): (client: WebClient) => WebClient {
  const telling = createTellingClients(settings, log, onCall);
  return ({ token }) => telling(token ?? '');
}

/** Workspaces are few; what goes beyond are tokens that are not used any more. */
const MOST_CLIENTS = 200;

type FetchOfClient = NonNullable<WebClientOptions['fetch']>;
/** Slack's answer as the machine gives it. */
export type CountingFetch = (...request: Parameters<FetchOfClient>) => Promise<Response>;

/** Fetches, and tells about each request. */
export function countingFetch(onCall: OnSlackCall): CountingFetch {
  return async (input, init) => {
    const method = methodOf(String(input));
    // The machine's own clock, as Bolt takes for the age of a signature: that is what has to agree with Slack's.
    const start = Date.now();
    const report = (outcome: string, date: string | null) => {
      const end = Date.now();
      onCall({ method, outcome, milliseconds: end - start, clockAhead: clockAhead(date, start, end) });
    };
    try {
      const answer = await fetch(input, init);
      const text = await answer.text();
      const outcome = answer.ok ? (refusalIn(text) ?? 'answered') : `http_${answer.status}`;
      report(outcome, answer.headers.get('date'));
      return new Response(text === '' ? null : text, answer);
    } catch (error) {
      report('no-answer', null);
      throw error;
    }
  };
}

/** Slack refuses under HTTP 200: its word for why, or null where it did what was asked. */
function refusalIn(text: string): string | null {
  if (!/"ok":\s*false/.test(text)) return null;
  return /"error":\s*"([a-z_]{1,60})"/.exec(text)?.[1] ?? 'refused';
}

/** The API method of an address; anything that is no method is an address Slack handed out. */
function methodOf(address: string): string {
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  return /^[a-z]+(\.[a-zA-Z]+)+$/.test(last) ? last : 'response_url';
}
