import type { Trouble } from '../../core/question/answer.ts';
import { formatDuration } from '../../lib/duration.ts';
import { type BudgetShares, shareOut } from './budget-shares.ts';
import { BUDGET_WINDOW } from './call-budget.ts';
import type { PollingNeed } from './polling-need.ts';

/** A problem these settings make permanent. */
export interface BudgetTrouble extends Trouble {
  readonly code: 'cycle-too-dear' | 'schedule-too-dense' | 'sweeps-never' | 'reasons-never';
}

/** The most calls a minute that polling can use. */
function mostForPolling({ callsPerMinute, people, newFailures }: BudgetShares): number {
  return callsPerMinute - people - newFailures;
}

/**
 * The minimum time between cycles, in milliseconds; 0 if the schedule fits the budget. Without it,
 * consecutive cycles would use up the minute's calls at once, and nothing would be polled for the rest of it.
 */
export function paceOfCycles(callsPerMinute: number, need: PollingNeed): number {
  const most = mostForPolling(shareOut(callsPerMinute, need.calls));
  return fits(need, most) ? 0 : Math.ceil((BUDGET_WINDOW * need.cycleCalls) / most);
}

function fits({ cycleCalls, cyclesPerMinute }: PollingNeed, most: number): boolean {
  return cycleCalls * cyclesPerMinute <= most;
}

/** One sentence for each thing these settings and this many active tasks leave unread or off schedule. */
export function budgetTroubles(callsPerMinute: number, need: PollingNeed): readonly BudgetTrouble[] {
  const shares = shareOut(callsPerMinute, need.calls);
  const most = mostForPolling(shares);
  const troubles: BudgetTrouble[] = [];
  const raise = `have the platform operator raise the limit of the appId, and set IOT_CALLS_PER_MINUTE to ${enoughFor(need)} or more`;
  const has = `polling can have ${most} of ${callsPerMinute} a minute`;
  if (need.cycleCalls > most) {
    troubles.push({
      code: 'cycle-too-dear',
      message: `One look at ${need.active} active tasks takes ${need.cycleCalls} platform calls, and ${has}: no look is finished within a minute.`,
      advice: `To see all tasks sooner, ${raise}.`,
    });
  } else if (!fits(need, most)) {
    const pace = formatDuration(Math.ceil(paceOfCycles(callsPerMinute, need) / 1_000) * 1_000);
    troubles.push({
      code: 'schedule-too-dense',
      message: `POLL_SCHEDULE asks for ${need.cyclesPerMinute} looks a minute at ${need.cycleCalls} platform calls each, and ${has}: the bot looks only every ${pace}.`,
      advice: `Set POLL_SCHEDULE to every ${pace} or longer, or ${raise}.`,
    });
  }
  if (need.calls + shares.newFailures + shares.people >= callsPerMinute) {
    troubles.push({
      code: 'sweeps-never',
      message: `Polling needs so many of the ${callsPerMinute} platform calls a minute that none are left for sweeps: old tasks, and failed devices beyond the first 100 of a task, are never read.`,
      advice: `Set POLL_SCHEDULE to look less often, or ${raise}.`,
    });
  }
  if (shares.newFailures === 0) {
    troubles.push({
      code: 'reasons-never',
      message: `With ${callsPerMinute} platform calls a minute none are left for the failed devices of a new failure: posts about failures give no reasons.`,
      advice: `To see them, ${raise}.`,
    });
  }
  return troubles;
}

/** Calls a minute that keep polling on schedule (it may use 85 %) and leave some for everyone else. */
function enoughFor({ calls }: PollingNeed): number {
  return Math.ceil((calls + 1) / 0.85);
}
