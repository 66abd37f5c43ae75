import { tzOffset } from '@date-fns/tz';
import type { Instant } from './instant.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The calendar date in a zone (IANA name), such as `2026-11-22`. */
export function localDay(now: Instant, zone: string): string {
  return new Date(now + offset(zone, now)).toISOString().slice(0, 10);
}

/** The date that many days later, or earlier if negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/**
 * The first moment at which clocks in a zone show this time (minutes since midnight) of this day (`2026-11-22`), or a
 * later one. If clocks go back and show it twice, the first; if they go forward and skip it, the moment right after
 * the gap.
 */
export function momentAt(day: string, minutes: number, zone: string): Instant {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
  const guesses = [wanted - DAY, wanted + DAY].map((near) => wanted - offset(zone, near));
  const earliest = Math.min(...guesses);
  const latest = Math.max(...guesses);
  const exact = [earliest, latest].find((moment) => moment + offset(zone, moment) === wanted);
  return exact ?? endOfGap(zone, wanted, earliest, latest);
}

/** Bisects to the first minute at which clocks show the wanted time or a later one. */
function endOfGap(zone: string, wanted: number, earliest: Instant, latest: Instant): Instant {
  let before = earliest;
  let after = latest;
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (middle + offset(zone, middle) >= wanted) after = middle;
    else before = middle;
  }
  return after;
}

/** How far clocks in a zone are ahead of UTC, in milliseconds. A zone unknown to this machine counts as UTC. */
function offset(zone: string, at: Instant): number {
  const minutes = tzOffset(zone, new Date(at));
  return Number.isNaN(minutes) ? 0 : minutes * MINUTE;
}
