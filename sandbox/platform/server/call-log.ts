import type { Instant } from '../../../src/lib/instant.ts';

/** The calls the simulated platform knows; `unknown` is every other address. */
export type CallName =
  | 'login'
  | 'refreshToken'
  | 'listTasks'
  | 'getTask'
  | 'listDeviceResults'
  | 'getDevice'
  | 'unknown';

/** One call as it came in and was answered. */
export interface RecordedCall {
  readonly name: CallName;
  /** In the time of token lives and throttling: real time unless chosen otherwise. */
  readonly at: Instant;
  /** The same moment in the fleet's time. */
  readonly fleetTime: Instant;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** HTTP status of the answer; null while unanswered, and for a connection that was reset. */
  readonly status: number | null;
  readonly errorCode: string | null;
}

/** A call whose answer is not written down yet. */
export interface OpenCall {
  readonly call: RecordedCall;
  answered(status: number | null, errorCode: string | null): void;
}

const KEPT_HEADERS = ['app_key', 'authorization', 'content-type', 'accept', 'user-agent', 'host'];

/** Keeps every call in the order of arrival, unanswered ones included. Bodies, and so secrets, are not kept. */
export class CallLog {
  readonly calls: RecordedCall[] = [];

  open(call: Omit<RecordedCall, 'status' | 'errorCode'>): OpenCall {
    const index = this.calls.push({ ...call, status: null, errorCode: null }) - 1;
    const recorded = this.calls[index] ?? { ...call, status: null, errorCode: null };
    return {
      call: recorded,
      answered: (status, errorCode) => Object.assign(recorded, { status, errorCode }),
    };
  }

  of(name: CallName): RecordedCall[] {
    return this.calls.filter((call) => call.name === name);
  }

  clear(): void {
    this.calls.length = 0;
  }
}

/** The headers worth keeping, by their lower-case names. */
export function keptHeaders(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  return kept;
}
