import { createTask, parse } from 'node-cron';
import type { Instant } from './instant.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 29 February falls on a given day of the week within 40 years. */
const MOST_DAYS = 41 * 366;

/** The first moment of a schedule after the given one. */
export type NextRun = (after: Instant) => Instant;

/**
 * The moments of a cron expression (five fields, or six with seconds), in UTC whatever the machine's time zone: local
 * time would leave out an hour when clocks go back. Throws for an invalid expression, and for a day that never comes,
 * such as 31 February.
 *
 * node-cron only reads the expression; it does not run anything. Its own timer waits for a time on the machine's
 * clock. If that clock is set back, nothing runs for that long. If it is set forward by weeks, node-cron goes through
 * every skipped moment, which blocks the process for minutes.
 */
export function cronRuns(expression: string): NextRun {
  const { hour, minute, second, month } = parse(expression);
  const hours = hour.toSorted(ascending);
  const minutes = minute.toSorted(ascending);
  const seconds = second.toSorted(ascending);
  const months = new Set(month.map(Number));
  const matcher = createTask(expression, () => undefined, { timezone: 'UTC' });
  // Otherwise node-cron keeps it in its list of all tasks.
  void matcher.destroy();

  /** The first run of a day after `time`, both in milliseconds since midnight; null if there is none. */
  const timeAfter = (time: number): number | null => {
    for (const h of hours.map((one) => one * HOUR)) {
      if (h + HOUR <= time) continue;
      for (const m of minutes.map((one) => h + one * MINUTE)) {
        if (m + MINUTE <= time) continue;
        const found = seconds.map((one) => m + one * SECOND).find((one) => one > time);
        if (found !== undefined) return found;
      }
    }
    return null;
  };
  const first = timeAfter(-1) ?? 0;
  const isDay = (midnight: Instant) =>
    months.has(new Date(midnight).getUTCMonth() + 1) && matcher.match(new Date(midnight + first));

  const next: NextRun = (after) => {
    const today = Math.floor(after / DAY) * DAY;
    const later = isDay(today) ? timeAfter(after - today) : null;
    if (later !== null) return today + later;
    for (let days = 1; days <= MOST_DAYS; days += 1) {
      if (isDay(today + days * DAY)) return today + days * DAY + first;
    }
    throw new RangeError(`${expression} never comes`);
  };
  next(0);
  return next;
}

/** Runs every `milliseconds`, aligned with the clock: on whole minutes for a minute. */
export function every(milliseconds: number): NextRun {
  return (after) => (Math.floor(after / milliseconds) + 1) * milliseconds;
}

/** Milliseconds between the next two moments of a schedule. */
export function intervalOf(next: NextRun, now: Instant): number {
  const first = next(now);
  return next(first) - first;
}

function ascending(one: number, other: number): number {
  return one - other;
}
