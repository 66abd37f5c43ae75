import type { CallName } from './call-log.ts';

/** Something that goes wrong on the way between the bot and the platform. */
export type Fault =
  /** The answer comes this much later, in real time. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer until the fault is cleared (then the usual one) or the platform is closed. */
  | { readonly kind: 'hang' }
  /** The connection is torn down; `afterHandling`: the call took effect and only its answer is lost. */
  | { readonly kind: 'reset'; readonly afterHandling?: boolean }
  /** A page of HTML, as from a wrong port (200) or a broken proxy (500). */
  | { readonly kind: 'html'; readonly status?: number }
  /** The usual answer, cut in the middle of its JSON. */
  | { readonly kind: 'cut-json' }
  /** The usual status with no body. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'no-content' }
  /** Any status with any code, in shape A, B or none of the two. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly text?: string;
      readonly shape?: 'a' | 'b' | 'other';
    }
  | {
      readonly kind: 'error-under-200';
      readonly code: string;
      readonly text?: string;
      readonly shape?: 'a' | 'b';
    };

export interface FaultReach {
  /** Which calls it hits; all when left out. */
  readonly call?: CallName | readonly CallName[];
  /** How many calls it hits before it is used up. Default 1. */
  readonly times?: number | 'until-cleared';
  /** How many matching calls pass unharmed first. */
  readonly after?: number;
}

/** One queued fault. */
export interface QueuedFault {
  readonly fault: Fault;
  /** Calls hit so far. */
  readonly hits: number;
  clear(): void;
}

interface Entry {
  readonly fault: Fault;
  readonly matches: (call: CallName) => boolean;
  left: number;
  toPass: number;
  hits: number;
  readonly onClear: Set<() => void>;
}

/** What befalls one call: at most one slowness and one damage. */
export interface Mishap {
  readonly delayMs: number;
  readonly fault: Exclude<Fault, { kind: 'delay' }> | null;
  /** For `hang`: settles when the fault is cleared. */
  readonly released: Promise<void> | null;
}

/** The queue of faults. A call meets the first matching delay and the first other matching fault. */
export class Faults {
  #entries: Entry[] = [];

  add(fault: Fault, reach: FaultReach = {}): QueuedFault {
    const calls = reach.call === undefined ? null : [reach.call].flat();
    const entry: Entry = {
      fault,
      matches: (call) => calls === null || calls.includes(call),
      left: reach.times === 'until-cleared' ? Number.POSITIVE_INFINITY : (reach.times ?? 1),
      toPass: reach.after ?? 0,
      hits: 0,
      onClear: new Set(),
    };
    this.#entries.push(entry);
    return {
      fault,
      get hits() {
        return entry.hits;
      },
      clear: () => this.#clear(entry),
    };
  }

  /** Ends all faults; calls that hang are answered. */
  clear(): void {
    for (const entry of [...this.#entries]) this.#clear(entry);
  }

  /** Takes what befalls this call off the queue. */
  befalling(call: CallName): Mishap {
    let delayMs = 0;
    let delayed = false;
    let damage: { fault: Exclude<Fault, { kind: 'delay' }>; entry: Entry } | null = null;
    for (const entry of this.#entries) {
      if (entry.left <= 0 || !entry.matches(call)) continue;
      const taken = entry.fault.kind === 'delay' ? delayed : damage !== null;
      if (taken) continue;
      if (entry.toPass > 0) {
        entry.toPass -= 1;
        continue;
      }
      entry.left -= 1;
      entry.hits += 1;
      if (entry.fault.kind === 'delay') {
        delayed = true;
        delayMs = entry.fault.ms;
      } else damage = { fault: entry.fault, entry };
    }
    const released =
      damage?.fault.kind === 'hang'
        ? new Promise<void>((resolve) => damage?.entry.onClear.add(resolve))
        : null;
    return { delayMs, fault: damage?.fault ?? null, released };
  }

  // A used-up hang stays in the list: its callers are still waiting to be released.
  #clear(entry: Entry): void {
    entry.left = 0;
    this.#entries = this.#entries.filter((other) => other !== entry);
    for (const release of entry.onClear) release();
    entry.onClear.clear();
  }
}
