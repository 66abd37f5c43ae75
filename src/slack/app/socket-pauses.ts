import type { Instant } from '../../lib/instant.ts';

const SHORTEST = 1_000;
const LONGEST = 30_000;
/** A connection that held this long was a good one: Slack takes those away now and then, and means no harm by it. */
const STEADY = 10_000;

/** How long to rest between two attempts to connect. Milliseconds. */
export interface Pauses {
  connected(): void;
  /** None after a steady connection; else longer each time. */
  next(): number;
}

export function createPauses(now: () => Instant): Pauses {
  let wait = SHORTEST;
  let connectedAt: Instant | null = null;
  return {
    connected() {
      connectedAt = now();
    },
    next() {
      const steady = connectedAt !== null && now() - connectedAt >= STEADY;
      connectedAt = null;
      const pause = steady ? 0 : wait;
      wait = Math.min(Math.max(pause * 2, SHORTEST), LONGEST);
      return pause;
    },
  };
}
