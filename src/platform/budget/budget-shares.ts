/** How the calls of a minute are shared out among those who call. */
export interface BudgetShares {
  readonly callsPerMinute: number;
  /** What the cycles need in a window to be whole and on schedule, whether the budget has it or not. */
  readonly pollingNeed: number;
  /** What nobody but the cycles can use up: all they need, as far as it leaves the next two. */
  readonly polling: number;
  /** What nobody else can use up of the first pages of new failures. */
  readonly newFailures: number;
  /** What people can count on whatever the cycles need. */
  readonly people: number;
  /** What is reserved neither for cycles nor for new failures: people's, and what they leave is the sweeps'. */
  readonly free: number;
}

/**
 * Shares out the calls of a minute. Cycles come first: a fleet nobody watches tells nobody anything, while people can be
 * answered from the mirror, which is as fresh as the last cycle. At least one call is theirs. A tenth is people's all the
 * same, since what a single device did can only be asked live, and a twentieth is for the reasons of new failures.
 */
export function shareOut(callsPerMinute: number, pollingNeed: number): BudgetShares {
  const people = Math.min(Math.max(1, Math.floor(callsPerMinute / 10)), callsPerMinute - 1);
  const newFailures = Math.min(Math.max(1, Math.floor(callsPerMinute / 20)), callsPerMinute - 1 - people);
  const polling = Math.min(pollingNeed, callsPerMinute - people - newFailures);
  const free = callsPerMinute - polling - newFailures;
  return { callsPerMinute, pollingNeed, polling, newFailures, people, free };
}
