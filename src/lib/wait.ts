import { CLOCK_TOLERANCE } from './clock-ahead.ts';
import type { Instant } from './instant.ts';

/**
 * Whether a clock was set back since it showed that moment. Processes on several machines may differ by less than the
 * tolerance without that.
 */
export function isSetBackSince(from: Instant, now: Instant): boolean {
  return now < from - CLOCK_TOLERANCE;
}

/**
 * Whether a wait is over that was begun at one moment, to last until another. Where the clock was set back since, nobody can
 * say how much of it is left: then it is over. So a clock that is set back makes a wait twice as long at the most, or longer
 * by the tolerance.
 */
export function isOver({ from, until }: { readonly from: Instant; readonly until: Instant }, now: Instant) {
  return now >= until || isSetBackSince(from, now);
}
