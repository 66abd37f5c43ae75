import type { Instant } from '../../lib/instant.ts';

const SHORTEST = 1_000;
const LONGEST = 30_000;
/**
 * A connection that lasted this long (milliseconds) was healthy; Slack closes even those from time to time.
 */
const STEADY = 10_000;

/** The pause between two connection attempts, in milliseconds. */
export interface Pauses {
  connected(): void;
  /** Zero after a steady connection, otherwise longer each time. */
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
