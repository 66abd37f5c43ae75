const LONGEST = 60_000;

/** How long to rest before the next attempt, in milliseconds: twice as long after each, a minute at most. */
export function backoff(attempts: number): number {
  return Math.min(LONGEST, 1_000 * 2 ** Math.min(attempts, 10));
}
