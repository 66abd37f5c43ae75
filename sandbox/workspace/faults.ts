/** What can be made to go wrong with a call. */
export type FaultKind =
  /** The call takes effect, then the connection is cut instead of answered. */
  | { readonly kind: 'lost-answer' }
  /** The connection is cut before anything happens; both words mean the same on an open port. */
  | { readonly kind: 'refuse-connection' | 'reset-before' }
  /** Slack answers `ok: false` with this code and does nothing. */
  | { readonly kind: 'error'; readonly error: string }
  /** A bare HTTP error, without effect. */
  | { readonly kind: 'status'; readonly status: number }
  /** HTTP 429, without effect. */
  | { readonly kind: 'rate-limit'; readonly retryAfter: number }
  /** The call takes effect after this time. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** No effect and no answer, until the fault is cleared or the workspace closes; then the connection is cut. */
  | { readonly kind: 'hang' };

export type Fault = FaultKind & {
  /** A Web API method, `response_url`, `*` for every call, or `socket` for the opening of a socket (hang or cut only). */
  readonly method: string;
  /** For how many calls; default 1. `Infinity` until cleared. */
  readonly times?: number;
};

/** A fault in force. */
export interface FaultHandle {
  /** How many more calls it will hit. */
  readonly remaining: number;
  /** Ends it and lets go of calls that hang on it. */
  clear(): void;
}

interface Planned {
  readonly fault: Fault;
  remaining: number;
  readonly held: Set<() => void>;
}

/** The faults in force, oldest first; each call takes at most one. */
export class Faults {
  private planned: Planned[] = [];

  add(fault: Fault): FaultHandle {
    const planned: Planned = { fault, remaining: fault.times ?? 1, held: new Set() };
    this.planned.push(planned);
    return {
      get remaining() {
        return planned.remaining;
      },
      clear: () => {
        planned.remaining = 0;
        release(planned);
      },
    };
  }

  /** The fault that hits this call, counted down, and a way to wait for its end. */
  take(method: string): { readonly fault: Fault; readonly ended: () => Promise<void> } | null {
    const hit = this.planned.find(
      (one) => one.remaining > 0 && (one.fault.method === method || one.fault.method === '*'),
    );
    if (!hit) return null;
    hit.remaining -= 1;
    return { fault: hit.fault, ended: () => new Promise((resolve) => hit.held.add(resolve)) };
  }

  clear(): void {
    for (const planned of this.planned) release(planned);
    this.planned = [];
  }
}

function release(planned: Planned): void {
  for (const letGo of planned.held) letGo();
  planned.held.clear();
}
