import type { Instant } from '../lib/instant.ts';

/** Another machine's clock, as far as its answers tell. */
export interface FollowedClock {
  /** `ahead`: how far ours was ahead of it, in milliseconds (see `clockAhead`); null where an answer did not tell. */
  heard(ahead: number | null): void;
  /** What it shows now; before the first answer what ours shows. */
  now(): Instant;
}

/** `ours` is the clock it is compared with. */
export function followClock(ours: () => Instant): FollowedClock {
  let ahead = 0;
  return {
    heard(measured) {
      ahead = measured ?? ahead;
    },
    now: () => ours() - ahead,
  };
}
