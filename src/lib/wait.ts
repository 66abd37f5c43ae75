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

/** From here on a difference is worth a word. Below it, only the token's renewal comes a little early or late. */
export const CLOCK_TOLERANCE = 60_000;

/**
 * How far our clock is ahead of the one behind an HTTP `Date` header, in milliseconds; negative: behind it. The header was
 * written at some moment of the call and counts whole seconds, so that what lies within both is no difference. Null where
 * there is no readable header.
 */
export function clockAhead(date: string | null, sent: Instant, received: Instant): number | null {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return null;
  if (sent > theirs + 1_000) return sent - (theirs + 1_000);
  return received < theirs ? received - theirs : 0;
}
