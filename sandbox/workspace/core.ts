import type { Rates } from './api/rates.ts';
import type { ResponseUrls } from './api/response-urls.ts';
import type { SlackState } from './api/slack-state.ts';
import type { Sockets } from './api/sockets.ts';
import type { Directory } from './directory.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { Settings } from './options.ts';
import type { Triggers } from './people/triggers.ts';

/** The parts every side of the workspace works with. */
export interface Core {
  readonly settings: Settings;
  readonly state: SlackState;
  /** Scopes taken away from the bot token while the workspace runs. */
  readonly withheld: Set<string>;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Posts by channel. */
  readonly rates: Rates;
  /** Reading of history, by method. */
  readonly historyRates: Rates;
  readonly triggers: Triggers;
  readonly urls: ResponseUrls;
  readonly sockets: Sockets;
  /** The front's own address, once it listens. */
  readonly baseUrl: () => string;
  /** Runs works that change something one after the other, so that the journal keeps Slack's order. */
  readonly serial: <T>(work: () => Promise<T>) => Promise<T>;
}

/** An answer of the Web API: `ok`, and the HTTP side of it. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `ok: false` under HTTP 200, as Slack answers nearly everything. */
export function refusal(error: string, more: JsonObject = {}): ApiAnswer {
  return { status: 200, body: { ok: false, error, ...more } };
}

/** Slack takes the call in so many seconds at the earliest. */
export function limited(retryAfter: number): ApiAnswer {
  const headers = { 'retry-after': String(retryAfter) };
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
}

/** Runs one work at a time, in the order they were given; a failed one does not stop the next. */
export function oneAtATime(): Core['serial'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
