import type { Instant } from './instant.ts';

/**
 * Whether the clock was set back since it showed `from`. Without that, the clocks of several machines may still
 * differ by less than the tolerance.
 */
export function isSetBackSince(from: Instant, now: Instant): boolean {
  return now < from - CLOCK_TOLERANCE;
}

/**
 * Whether a wait between two moments is over. If the clock was set back since, the time left is unknown and the wait
 * is over. So setting the clock back at most doubles a wait and adds the tolerance.
 */
export function isOver({ from, until }: { readonly from: Instant; readonly until: Instant }, now: Instant) {
  return now >= until || isSetBackSince(from, now);
}

/** Milliseconds. Larger clock differences are reported; smaller ones only renew the token a little early or late. */
export const CLOCK_TOLERANCE = 60_000;

/**
 * How far our clock is ahead of the one behind an HTTP `Date` header, in milliseconds; negative: behind it. The
 * header counts whole seconds and was written at some moment of the call, so a difference within that range counts as
 * 0. Null without a readable header.
 */
export function clockAhead(date: string | null, sent: Instant, received: Instant): number | null {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return null;
  if (sent > theirs + 1_000) return sent - (theirs + 1_000);
  return received < theirs ? received - theirs : 0;
}
