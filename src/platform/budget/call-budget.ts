import type { Instant } from '../../lib/instant.ts';
import type { Caller, CallPriority } from '../port.ts';
import { type BudgetShares, shareOut } from './budget-shares.ts';

/**
 * How long a call counts against the budget, in milliseconds. The platform counts per minute when a call
 * arrives, and latency varies between calls. The extra second absorbs that: with exactly 60 s, a slow first
 * call and a fast last one could reach the platform as 101 calls in one minute.
 */
export const BUDGET_WINDOW = 61_000;

/** How long all calls pause after a 1010009, in milliseconds: until the platform's minute is over. */
export const THROTTLE_PAUSE = 60_000;

export interface MadeCall {
  readonly at: Instant;
  readonly priority: CallPriority;
  /** The person who asked; null if the call was not made for anyone in particular. */
  readonly person: string | null;
}

/** The record of a call made now. */
export function madeBy(caller: Caller, at: Instant): MadeCall {
  const { priority } = caller;
  return { at, priority, person: caller.priority === 'interactive' ? caller.person : null };
}

export type WaitReason =
  | 'throttled'
  | 'budget-full'
  /** The remaining calls are reserved for coming cycles, or for the failed devices of new failures. */
  | 'kept-for-watching'
  /** For polls and new failures: the remaining calls are reserved for the other shares. */
  | 'kept-for-others'
  | 'person-share-used'
  | 'sweep-share-used';

export type CallDecision =
  | { readonly kind: 'granted' }
  | { readonly kind: 'wait'; readonly until: Instant; readonly reason: WaitReason };

/** What a ledger stores. */
export interface Remembered {
  /** Calls of the last `BUDGET_WINDOW`, in any order; older ones are ignored. */
  readonly calls: readonly MadeCall[];
  /** Set by a 1010009. A time in the past blocks nothing. */
  readonly blockedUntil: Instant | null;
}

/**
 * Brings the record up to date and drops calls whose window is over. Times in the future date from before the
 * machine's clock was set back. They now count as just made; else nobody could call until the clock caught
 * up.
 */
export function asOfNow({ calls, blockedUntil }: Remembered, now: Instant): Remembered {
  const stands = ({ at }: MadeCall) => at <= now && now - at < BUDGET_WINDOW;
  return {
    // Copy only if something changes: this runs at every call.
    calls: calls.every(stands)
      ? calls
      : calls
          .filter((call) => now - call.at < BUDGET_WINDOW)
          .map((call) => (call.at > now ? { ...call, at: now } : call)),
    blockedUntil: blockedUntil === null ? null : Math.min(blockedUntil, now + THROTTLE_PAUSE),
  };
}

export interface CallBudgetState extends Remembered {
  readonly caller: Caller;
  readonly now: Instant;
  readonly callsPerMinute: number;
  /** Calls the poll cycles need in any window to be complete and on schedule. */
  readonly pollingNeed: number;
}

/**
 * Decides whether one more call may be made now. A refusal gives the reason and when the same call would be
 * granted if no other call were made (at most one window ahead; a call that never fits can be retried then).
 * Nothing is queued: the caller decides what to do instead.
 *
 * Platform facts: iot_06_2289 allows each application 100 calls a minute. It does not say whether the window
 * slides, so we keep to the stricter sliding one.
 */
export function decideCall(state: CallBudgetState): CallDecision {
  const { caller, now, callsPerMinute } = state;
  if (state.blockedUntil !== null && now < state.blockedUntil) {
    return { kind: 'wait', until: state.blockedUntil, reason: 'throttled' };
  }
  const recent = state.calls.filter((call) => now - call.at < BUDGET_WINDOW);
  const shares = shareOut(callsPerMinute, state.pollingNeed);
  const used = tallyOf(recent, caller);
  const reason = obstacle(caller, used, shares);
  if (reason === null) return { kind: 'granted' };
  return { kind: 'wait', until: freeAt(recent, state, used, shares), reason };
}

/** Decides like `decideCall`, but from counts alone, for ledgers that can count calls faster than read them. */
export function mayCall(state: Omit<CallBudgetState, 'calls'> & { readonly used: UsedCalls }): boolean {
  const { used, caller, now, callsPerMinute, pollingNeed, blockedUntil } = state;
  if (blockedUntil !== null && now < blockedUntil) return false;
  return obstacle(caller, used, shareOut(callsPerMinute, pollingNeed)) === null;
}

/** Calls within the window, counted by priority. */
export interface UsedCalls {
  total: number;
  readonly by: Record<CallPriority, number>;
  /** Calls of the person asking now. */
  bySamePerson: number;
}

export function tallyOf(calls: readonly MadeCall[], caller: Caller): UsedCalls {
  const used: UsedCalls = {
    total: 0,
    by: { interactive: 0, poll: 0, 'new-failure': 0, sweep: 0 },
    bySamePerson: 0,
  };
  for (const call of calls) count(used, call, caller, 1);
  return used;
}

function count(used: UsedCalls, call: MadeCall, caller: Caller, by: 1 | -1): void {
  used.total += by;
  used.by[call.priority] += by;
  const asks = caller.priority === 'interactive' && call.priority === 'interactive';
  if (asks && caller.person !== null && call.person === caller.person) used.bySamePerson += by;
}

/**
 * Why a call must wait; null if it may be made. One rule keeps the shares safe: every call leaves the unused
 * reserves of all others untouched. So calls made plus open reserves never exceed the budget, and a caller
 * with an unused share is always served.
 */
function obstacle(
  caller: Caller,
  { total, by, bySamePerson }: UsedCalls,
  shares: BudgetShares,
): WaitReason | null {
  const { callsPerMinute } = shares;
  if (total >= callsPerMinute) return 'budget-full';
  const unused = (share: number, priority: CallPriority) => Math.max(0, share - by[priority]);
  const polling = unused(shares.polling, 'poll');
  const newFailures = unused(shares.newFailures, 'new-failure');
  const people = unused(shares.people, 'interactive');
  const fits = (reserved: number) => total + reserved < callsPerMinute;
  switch (caller.priority) {
    case 'poll':
      return fits(newFailures + people) ? null : 'kept-for-others';
    case 'new-failure':
      return fits(polling + people) ? null : 'kept-for-others';
    case 'interactive': {
      if (!fits(polling + newFailures)) return 'kept-for-watching';
      const mine = Math.max(1, Math.floor((shares.free - by.sweep) / 2));
      return caller.person === null || bySamePerson < mine ? null : 'person-share-used';
    }
    case 'sweep': {
      // Everything polling needs, even if that exceeds what can be reserved.
      if (!fits(unused(shares.pollingNeed, 'poll') + newFailures + people)) return 'kept-for-watching';
      return by.interactive + by.sweep < Math.floor(shares.free / 2) ? null : 'sweep-share-used';
    }
  }
}

/** The time when enough calls, oldest first, have left the window for one more to fit. */
function freeAt(
  recent: readonly MadeCall[],
  { caller, now }: CallBudgetState,
  used: UsedCalls,
  shares: BudgetShares,
): Instant {
  for (const call of recent.toSorted((one, other) => one.at - other.at)) {
    count(used, call, caller, -1);
    if (obstacle(caller, used, shares) === null) return call.at + BUDGET_WINDOW;
  }
  return now + BUDGET_WINDOW;
}
