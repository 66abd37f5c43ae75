import type { Instant } from '../../../src/lib/instant.ts';

const MINUTE = 60_000;

/** Counts the calls of the application within a minute. A refused call costs nothing. */
export class Throttle {
  #spent: Instant[] = [];

  /** Whether one more call fits, in which case it is counted. Without a limit nothing is counted. */
  admit(now: Instant, limit: number | null, window: 'sliding' | 'fixed'): boolean {
    if (limit === null) return true;
    const from = window === 'fixed' ? Math.floor(now / MINUTE) * MINUTE : now - MINUTE + 1;
    this.#spent = this.#spent.filter((at) => at >= from && at <= now);
    if (this.#spent.length >= limit) return false;
    this.#spent.push(now);
    return true;
  }

  /** Another program of the same application spends so many calls at once. */
  spend(now: Instant, calls: number): void {
    for (let i = 0; i < calls; i += 1) this.#spent.push(now);
  }
}
