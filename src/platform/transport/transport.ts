import ky from 'ky';
import type { Instant } from '../../lib/instant.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { clockAhead } from '../../lib/wait.ts';
import type { WaitReason } from '../budget/call-budget.ts';
import type { CallLedger } from '../budget/call-ledger.ts';
import { BudgetExhaustedError, CallAbortedError, ThrottledError } from '../errors.ts';
import { type JsonObject, readBody } from '../oceanconnect/read-body.ts';
import type { CallOptions, CallPriority } from '../port.ts';
import type { AgentFetch } from './agent-fetch.ts';
import { ConnectionBrokenError, errorOfFailure } from './error-of-failure.ts';
import type { PlatformSettings } from './settings.ts';

export type PlatformCall = 'login' | 'listTasks' | 'getTask' | 'listDeviceResults' | 'getDevice';

/** Outcome of a call that was repeated because its connection broke before any answer. */
export const MADE_AGAIN = 'made-again';

/** A call that was actually made. Calls refused by the budget do not count. */
export interface CallEvent {
  readonly call: PlatformCall;
  /** `ok`, an error code, or MADE_AGAIN. */
  readonly outcome: string;
  readonly milliseconds: number;
  readonly priority: CallPriority;
  /** The cause of the failure; null for `ok`. */
  readonly error: unknown;
  /** How far our clock is ahead of the platform's, in milliseconds; null if unknown. */
  readonly clockAhead: number | null;
}

/** A call not made because of the budget or the platform's throttling. */
export interface PutOffCall {
  readonly priority: CallPriority;
  readonly reason: WaitReason;
}

export interface PlatformRequest {
  readonly call: PlatformCall;
  readonly path: string;
  /** The id in the path, for error messages. */
  readonly id?: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as a form by POST; without it the call is a GET. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values besides the secret that must never appear in a message. */
  readonly secrets?: readonly string[];
}

/**
 * Makes one call within the budget and returns the JSON object received, or throws a named error. If the
 * connection breaks before any answer, a GET is repeated once, within the budget: most often something in
 * between has dropped the connection, and repeating a read is harmless.
 */
export type Transport = (request: PlatformRequest, options: CallOptions) => Promise<JsonObject>;

export function createTransport(parts: {
  settings: PlatformSettings;
  connection: AgentFetch;
  ledger: CallLedger;
  now: () => Instant;
  onCall: (event: CallEvent) => void;
  onPutOff: (call: PutOffCall) => void;
}): Transport {
  const { settings, ledger, now } = parts;
  const { timeoutMs, tls } = settings;
  const client = ky.create({
    prefix: settings.baseUrl,
    fetch: (input) => parts.connection.fetch(input instanceof Request ? input : new Request(input)),
    // Every call is counted before it is made, so ky must not retry without the ledger.
    retry: 0,
    throwHttpErrors: false,
    redirect: 'manual',
    timeout: timeoutMs,
    totalTimeout: timeoutMs,
  });
  let answeredBefore = false;

  /** Null if the call is granted; it is then already counted. */
  async function refusalOfBudget(options: CallOptions): Promise<OperationalError | null> {
    const decision = await ledger.take(options);
    if (decision.kind === 'granted') return null;
    parts.onPutOff({ priority: options.priority, reason: decision.reason });
    if (decision.reason === 'throttled') return new ThrottledError(decision.until);
    return new BudgetExhaustedError(decision.reason, decision.until, settings.callsPerMinute);
  }

  async function exchange(request: PlatformRequest, options: CallOptions, seen: Seen): Promise<JsonObject> {
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
      seen.anything = true;
      seen.clockAhead = clockAhead(response.headers.get('date'), start, now());
      answeredBefore = true;
      // Read through the pending call: ky does not time-limit reading from the response.
      text = await pending.text();
    } catch (thrown) {
      if (options.signal?.aborted) throw new CallAbortedError();
      throw errorOfFailure(thrown, {
        timeoutMs,
        secure: settings.baseUrl.startsWith('https:'),
        hasClientCertificate: tls.cert !== undefined,
        answeredBefore,
        proxied: settings.proxy !== null,
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

  async function attempt(request: PlatformRequest, options: CallOptions): Promise<Attempt> {
    const seen: Seen = { anything: false, clockAhead: null };
    const start = now();
    const report = (outcome: string, error: unknown) => {
      const { call } = request;
      const { priority } = options;
      const { clockAhead } = seen;
      parts.onCall({ call, outcome, milliseconds: now() - start, priority, error, clockAhead });
    };
    try {
      const answer = await exchange(request, options, seen);
      report('ok', null);
      return { kind: 'answered', answer };
    } catch (error) {
      const brokeOff = error instanceof ConnectionBrokenError;
      const again = brokeOff && !seen.anything && request.form === undefined;
      return { kind: 'failed', error, again, report };
    }
  }

  return async (request, options) => {
    if (options.signal?.aborted) throw new CallAbortedError();
    const refused = await refusalOfBudget(options);
    if (refused !== null) throw refused;
    let attempted = await attempt(request, options);
    if (attempted.kind === 'failed' && attempted.again && (await refusalOfBudget(options)) === null) {
      attempted.report(MADE_AGAIN, attempted.error);
      attempted = await attempt(request, options);
    }
    if (attempted.kind === 'answered') return attempted.answer;
    const { error, report } = attempted;
    report(error instanceof OperationalError ? error.code : 'unexpected', error);
    throw error;
  };
}

/** The result of one call. A failure is reported later: its outcome depends on whether the call is repeated. */
type Attempt =
  | { readonly kind: 'answered'; readonly answer: JsonObject }
  | {
      readonly kind: 'failed';
      readonly error: unknown;
      readonly again: boolean;
      readonly report: (outcome: string, error: unknown) => void;
    };

/** What is known about a call before it ends. */
interface Seen {
  /** Whether an answer started to arrive. */
  anything: boolean;
  clockAhead: number | null;
}
