import ky from 'ky';
import { clockAhead } from '../core/clock-ahead.ts';
import { OperationalError } from '../core/operational-error.ts';
import type { CallOptions, CallPriority } from '../core/platform.ts';
import type { Instant } from '../core/task.ts';
import type { AgentFetch } from './agent-fetch.ts';
import type { CallLedger } from './call-ledger.ts';
import { errorOfFailure } from './error-of-failure.ts';
import { BudgetExhaustedError } from './errors/budget-exhausted-error.ts';
import { CallAbortedError } from './errors/call-aborted-error.ts';
import { ThrottledError } from './errors/throttled-error.ts';
import { type JsonObject, readBody } from './read-body.ts';
import type { PlatformSettings } from './settings.ts';

export type PlatformCall = 'login' | 'listTasks' | 'getTask' | 'listDeviceResults' | 'getDevice';

/** One call that was really made. Calls the budget refused are none. */
export interface CallEvent {
  readonly call: PlatformCall;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  readonly milliseconds: number;
  readonly priority: CallPriority;
  /** What it failed of; null for `ok`. */
  readonly error: unknown;
  /** How far our clock is ahead of the platform's, in milliseconds; null where that is not known. */
  readonly clockAhead: number | null;
}

export interface PlatformRequest {
  readonly call: PlatformCall;
  readonly path: string;
  /** The id in the path, for the error that names it. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as a form by POST; without it the call is a GET. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What must never appear in a message, besides the secret. */
  readonly secrets?: readonly string[];
}

/** Makes one call within the budget and returns the JSON object that came back, or throws a named error. */
export type Transport = (request: PlatformRequest, options: CallOptions) => Promise<JsonObject>;

export function createTransport(parts: {
  settings: PlatformSettings;
  connection: AgentFetch;
  ledger: CallLedger;
  now: () => Instant;
  onCall: (event: CallEvent) => void;
}): Transport {
  const { settings, ledger, now } = parts;
  const { timeoutMs, tls } = settings;
  const client = ky.create({
    prefix: settings.baseUrl,
    fetch: (input) => parts.connection.fetch(input instanceof Request ? input : new Request(input)),
    // Each call is counted before it is made, so none may be repeated behind the ledger's back.
    retry: 0,
    throwHttpErrors: false,
    redirect: 'manual',
    timeout: timeoutMs,
    totalTimeout: timeoutMs,
  });
  let answeredBefore = false;

  async function takeFromBudget(options: CallOptions): Promise<void> {
    const decision = await ledger.take(options.priority);
    if (decision.kind === 'granted') return;
    if (decision.reason === 'throttled') throw new ThrottledError(decision.until);
    throw new BudgetExhaustedError(decision.reason, decision.until, settings.callsPerMinute);
  }

  async function exchange(
    request: PlatformRequest,
    options: CallOptions,
    seen: { clockAhead: number | null },
  ): Promise<JsonObject> {
    let httpStatus = 0;
    let text = '';
    const start = now();
    try {
      const pending = client(request.path, {
        method: request.form === undefined ? 'get' : 'post',
        searchParams: request.query,
        body: request.form === undefined ? undefined : new URLSearchParams(request.form),
        headers: { Accept: 'application/json', ...request.headers },
        signal: options.signal,
      });
      const response = await pending;
      httpStatus = response.status;
      seen.clockAhead = clockAhead(response.headers.get('date'), start, now());
      answeredBefore = true;
      // Not read from the response itself, which ky puts no time limit on.
      text = await pending.text();
    } catch (thrown) {
      if (options.signal?.aborted) throw new CallAbortedError();
      throw errorOfFailure(thrown, {
        timeoutMs,
        secure: settings.baseUrl.startsWith('https:'),
        hasClientCertificate: tls.cert !== undefined,
        answeredBefore,
      });
    }
    const read = readBody(text, {
      call: request.call,
      id: request.id ?? null,
      httpStatus,
      now: now(),
      secrets: [settings.secret, ...(request.secrets ?? [])],
    });
    if (read.kind === 'object') return read.object;
    if (read.error instanceof ThrottledError) await ledger.block(read.error.availableAt);
    throw read.error;
  }

  return async (request, options) => {
    if (options.signal?.aborted) throw new CallAbortedError();
    await takeFromBudget(options);
    const start = now();
    const seen: { clockAhead: number | null } = { clockAhead: null };
    const report = (outcome: string, error: unknown) => {
      const { call } = request;
      const { priority } = options;
      parts.onCall({ call, outcome, milliseconds: now() - start, priority, error, ...seen });
    };
    let answer: JsonObject;
    try {
      answer = await exchange(request, options, seen);
    } catch (error) {
      report(error instanceof OperationalError ? error.code : 'unexpected', error);
      throw error;
    }
    report('ok', null);
    return answer;
  };
}
