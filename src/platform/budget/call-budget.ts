import type { Instant } from '../../lib/instant.ts';
import type { Caller, CallPriority } from '../port.ts';
import { type BudgetShares, shareOut } from './budget-shares.ts';

/**
 * How long a call counts against the budget, in milliseconds. The platform counts per minute; what it sees is our clock
 * plus the way to it, which differs from call to call. The extra second is for that difference: with exactly 60 s, a
 * slow first call and a fast last one could reach the platform as 101 calls in one minute.
 */
export const BUDGET_WINDOW = 61_000;

/** How long nobody calls after the platform said 1010009, in milliseconds: its minute must be over. */
export const THROTTLE_PAUSE = 60_000;

export interface MadeCall {
  readonly at: Instant;
  readonly priority: CallPriority;
  /** Who asked; null for calls that nobody in particular asked for. */
  readonly person: string | null;
}

/** How a call that is made now is remembered. */
export function madeBy(caller: Caller, at: Instant): MadeCall {
  const { priority } = caller;
  return { at, priority, person: caller.priority === 'interactive' ? caller.person : null };
}

/** Why a call must wait. */
export type WaitReason =
  | 'throttled'
  | 'budget-full'
  /** What is left is needed by the coming cycles, or for the failed devices of new failures. */
  | 'kept-for-watching'
  /** The watch leaves people what is theirs, and its cycles leave new failures what is theirs. */
  | 'kept-for-others'
  | 'person-share-used'
  | 'sweep-share-used';

export type CallDecision =
  | { readonly kind: 'granted' }
  | { readonly kind: 'wait'; readonly until: Instant; readonly reason: WaitReason };

/** What a ledger remembers. */
export interface Remembered {
  /** The calls made within the last `BUDGET_WINDOW`, in any order; older ones are ignored. */
  readonly calls: readonly MadeCall[];
  /** Set by a 1010009; a moment that has passed blocks nobody. */
  readonly blockedUntil: Instant | null;
}

/**
 * What is remembered as it counts now: calls whose window is over are forgotten. Moments that lie ahead were written before
 * the machine's clock was set back; from now on they count as if they were now, or nobody could call until that time is
 * reached again.
 */
export function asOfNow({ calls, blockedUntil }: Remembered, now: Instant): Remembered {
  const stands = ({ at }: MadeCall) => at <= now && now - at < BUDGET_WINDOW;
  return {
    // Made anew only where one differs: this is asked at every call.
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
  /** Calls that the polling cycles need in any one window to be whole and on schedule. */
  readonly pollingNeed: number;
}

/**
 * Decides whether one more call may be made now. A refusal names the reason and the moment from which the same call
 * would be granted if no other were made in between (at most a window away: what never fits is asked for again then).
 * Nothing is queued: whoever asks decides what to do instead.
 *
 * Platform facts: iot_06_2289 names 100 calls a minute for each application; whether its window slides is not
 * documented, so the stricter sliding one is kept.
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

/**
 * Whether a call may be made now, by numbers alone: what `decideCall` grants by the calls themselves, for whoever can count
 * them faster than read them.
 */
export function mayCall(state: Omit<CallBudgetState, 'calls'> & { readonly used: UsedCalls }): boolean {
  const { used, caller, now, callsPerMinute, pollingNeed, blockedUntil } = state;
  if (blockedUntil !== null && now < blockedUntil) return false;
  return obstacle(caller, used, shareOut(callsPerMinute, pollingNeed)) === null;
}

/** Calls within the window, by what they were made for. */
export interface UsedCalls {
  total: number;
  readonly by: Record<CallPriority, number>;
  /** Those of the person who asks now. */
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
 * What keeps a call from being made; null: nothing. One rule makes the shares safe: every call leaves to all others what
 * is reserved for them and not used yet. So the calls made and what is still reserved never exceed the budget, and whoever
 * has not used up their own share is always served.
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
      // All that polling needs, also where that is more than can be reserved.
      if (!fits(unused(shares.pollingNeed, 'poll') + newFailures + people)) return 'kept-for-watching';
      return by.interactive + by.sweep < Math.floor(shares.free / 2) ? null : 'sweep-share-used';
    }
  }
}

/** When enough of the calls have left the window, one after the other, for one more to fit. */
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
