const LONGEST = 60_000;

/** Milliseconds before the next attempt: doubles after each one, up to a minute. */
export function backoff(attempts: number): number {
  return Math.min(LONGEST, 1_000 * 2 ** Math.min(attempts, 10));
}
