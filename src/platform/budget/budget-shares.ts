/** How one minute's platform calls are divided among callers. */
export interface BudgetShares {
  readonly callsPerMinute: number;
  /** Calls the cycles need per window to be complete and on schedule, whether or not the budget allows it. */
  readonly pollingNeed: number;
  /** Reserved for cycles: all they need, up to what the shares of new failures and people leave. */
  readonly polling: number;
  /** Reserved for the first page of failed devices of new failures. */
  readonly newFailures: number;
  /** Guaranteed to people, whatever the cycles need. */
  readonly people: number;
  /** Not reserved for cycles or new failures: available to people, and to sweeps if people leave some. */
  readonly free: number;
}

/**
 * Divides one minute's calls. Cycles come first and get at least one call: without them there are no
 * notifications, whereas people can be answered from the mirror, which is as fresh as the last cycle. People
 * still get a tenth, because the results of a single device are only available live. A twentieth goes to the
 * failure reasons of new failures.
 */
export function shareOut(callsPerMinute: number, pollingNeed: number): BudgetShares {
  const people = Math.min(Math.max(1, Math.floor(callsPerMinute / 10)), callsPerMinute - 1);
  const newFailures = Math.min(Math.max(1, Math.floor(callsPerMinute / 20)), callsPerMinute - 1 - people);
  const polling = Math.min(pollingNeed, callsPerMinute - people - newFailures);
  const free = callsPerMinute - polling - newFailures;
  return { callsPerMinute, pollingNeed, polling, newFailures, people, free };
}
