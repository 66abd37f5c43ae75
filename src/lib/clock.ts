import type { Instant } from './instant.ts';

/** Time as a process knows it. What needs only a part of it asks for that part. */
export interface Clock {
  /** What the machine's clock shows. Somebody may set it, forward or back, at any moment. */
  readonly now: () => Instant;
  /** Milliseconds of a clock that nobody sets; only differences mean anything. */
  readonly monotonic: () => number;
  /** Waits so long, whatever the machine's clock does meanwhile; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Two readings that lie apart may differ by this much without anybody having set a clock, in milliseconds. */
const TOLERANCE = 1_000;

/**
 * Makes a function that says by how many milliseconds the machine's clock was set since it was last asked, or made:
 * positive forward, negative back, 0 where it only ran. A machine that slept looks like one whose clock was set forward.
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
