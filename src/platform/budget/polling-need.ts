import type { NextRun } from '../../lib/cron.ts';
import type { Instant } from '../../lib/instant.ts';
import { BUDGET_WINDOW } from './call-budget.ts';

/** Lists read by every cycle: running and waiting tasks, and the newest failed, succeeded and stopped. */
const LISTS = 5;
/** Tasks per page of a list. */
const PAGE = 100;
const MINUTE = 60_000;
/** Upcoming runs examined for density: enough for one a second over a budget window. */
const MOMENTS = 62;
/** Sequential calls a cycle can make in the one second by which the budget window exceeds a minute. */
const CALLS_A_SECOND = 10;

/** How often a schedule starts a poll cycle. */
export interface Density {
  /** Maximum number of cycles in any one minute. */
  readonly perMinute: number;
  /** Maximum number of cycles that start in any one budget window. */
  readonly perWindow: number;
}

/** The cost of the poll cycles. */
export interface PollingNeed {
  /** Waiting and running tasks. */
  readonly active: number;
  /** Calls of a complete cycle in which no task ended. */
  readonly cycleCalls: number;
  /** Maximum number of cycles the schedule asks for in any one minute. */
  readonly cyclesPerMinute: number;
  /** Calls needed in any one budget window for every cycle to be complete and on schedule. */
  readonly calls: number;
}

/** The density of a schedule from now on. */
export function densityOf(schedule: NextRun, now: Instant): Density {
  const runs: Instant[] = [schedule(now)];
  while (runs.length < MOMENTS) runs.push(schedule(runs.at(-1) ?? now));
  return { perMinute: mostWithin(runs, MINUTE), perWindow: mostWithin(runs, BUDGET_WINDOW) };
}

/** Computes the cost of polling this many active tasks. */
export function pollingNeed(active: number, { perMinute, perWindow }: Density): PollingNeed {
  const cycleCalls = Math.floor(active / PAGE) + LISTS;
  // A cycle at the edge of the window counts only with the calls it makes inside it.
  const onTheEdge = (perWindow - perMinute) * Math.min(cycleCalls, CALLS_A_SECOND);
  return {
    active,
    cycleCalls,
    cyclesPerMinute: perMinute,
    calls: perMinute * cycleCalls + onTheEdge,
  };
}

/** The maximum number of moments (sorted, oldest first) in any span of this length, in milliseconds. */
function mostWithin(moments: readonly Instant[], span: number): number {
  let first = 0;
  return moments.reduce((most, moment, index) => {
    while (moment - (moments[first] ?? moment) >= span) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}
