import type { NextRun } from '../../lib/cron.ts';
import type { Instant } from '../../lib/instant.ts';
import { BUDGET_WINDOW } from './call-budget.ts';

/** Lists that every cycle asks for: running and waiting tasks, and the newest of the failed, succeeded and stopped. */
const LISTS = 5;
/** Tasks a page of a list holds. */
const PAGE = 100;
const MINUTE = 60_000;
/** Coming moments of a schedule that show how dense it is: one a second for a minute, and a little more. */
const MOMENTS = 62;
/** Calls a cycle makes, one after the other, in the second by which the budget's window is longer than a minute. */
const CALLS_A_SECOND = 10;

/** How often a schedule has the bot look. */
export interface Density {
  /** Cycles in any one minute, at the most. */
  readonly perMinute: number;
  /** Cycles that begin in any one window of the budget, at the most. */
  readonly perWindow: number;
}

/** What the polling cycles cost. */
export interface PollingNeed {
  /** Tasks that wait or run. */
  readonly active: number;
  /** Calls of a whole cycle in which nothing ended. */
  readonly cycleCalls: number;
  /** Cycles the schedule asks for in any one minute, at the most. */
  readonly cyclesPerMinute: number;
  /** Calls in any one window of the budget with which every cycle is whole and on schedule. */
  readonly calls: number;
}

/** How dense a schedule is from now on. */
export function densityOf(schedule: NextRun, now: Instant): Density {
  const runs: Instant[] = [schedule(now)];
  while (runs.length < MOMENTS) runs.push(schedule(runs.at(-1) ?? now));
  return { perMinute: mostWithin(runs, MINUTE), perWindow: mostWithin(runs, BUDGET_WINDOW) };
}

/** Reckons what polling costs with so many active tasks. */
export function pollingNeed(active: number, { perMinute, perWindow }: Density): PollingNeed {
  const cycleCalls = Math.floor(active / PAGE) + LISTS;
  // A cycle on the edge of the window counts with the calls it makes within it.
  const onTheEdge = (perWindow - perMinute) * Math.min(cycleCalls, CALLS_A_SECOND);
  return {
    active,
    cycleCalls,
    cyclesPerMinute: perMinute,
    calls: perMinute * cycleCalls + onTheEdge,
  };
}

/** How many of these moments, oldest first, lie in any one span of that length. */
function mostWithin(moments: readonly Instant[], span: number): number {
  let first = 0;
  return moments.reduce((most, moment, index) => {
    while (moment - (moments[first] ?? moment) >= span) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}
