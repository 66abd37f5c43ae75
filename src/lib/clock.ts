import type { Instant } from './instant.ts';

/** The clocks of a process. A function asks only for the parts it needs. */
export interface Clock {
  /** The machine's clock, which may be set forward or back at any moment. */
  readonly now: () => Instant;
  /** Milliseconds of a monotonic clock; only differences mean anything. */
  readonly monotonic: () => number;
  /** Waits this long, even if the machine's clock is set meanwhile; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The two clocks may drift apart by this many milliseconds without anybody setting one. */
const TOLERANCE = 1_000;

/**
 * Returns a function that gives the milliseconds by which the machine's clock was set since its last call or
 * creation: positive forward, negative back, 0 if it only ran. A machine that slept looks like one set forward.
 */
export function watchForSteps({ now, monotonic }: Pick<Clock, 'now' | 'monotonic'>): () => number {
  const ahead = () => now() - monotonic();
  let before = ahead();
  return () => {
    const after = ahead();
    const step = Math.round(after - before);
    before = after;
    return Math.abs(step) < TOLERANCE ? 0 : step;
  };
}
