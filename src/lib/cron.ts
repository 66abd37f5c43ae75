import { createTask, parse } from 'node-cron';
import type { Instant } from './instant.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 29 February falls on a given day of the week after 40 years at the latest. */
const MOST_DAYS = 41 * 366;

/** The first moment of a schedule after that one. */
export type NextRun = (after: Instant) => Instant;

/**
 * The moments of a cron expression (five fields, or six with seconds), in UTC whatever the zone of the machine: a clock
 * that is put back for the winter would otherwise leave an hour out. Throws for what is no expression, and for a day that
 * never comes, such as 31 February.
 *
 * node-cron reads the expression; it does not run anything. Its own timer waits for a moment of the machine's clock, so that
 * nothing runs for as long as that clock was set back, and a clock set forward by weeks has it go through every moment
 * that was passed over, which blocks the process for minutes.
 */
export function cronRuns(expression: string): NextRun {
  const { hour, minute, second, month } = parse(expression);
  const hours = hour.toSorted(ascending);
  const minutes = minute.toSorted(ascending);
  const seconds = second.toSorted(ascending);
  const months = new Set(month.map(Number));
  const matcher = createTask(expression, () => undefined, { timezone: 'UTC' });
  // It would be kept in a list of all tasks.
  void matcher.destroy();

  /** The first time of a day after that one, both in milliseconds since midnight. */
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

/** Every so many milliseconds, by the clock: at whole minutes for a minute. */
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
