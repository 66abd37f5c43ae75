import type { Instant } from './instant.ts';

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
