import type { CallPriority } from './platform.ts';
import type { Instant } from './task.ts';

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
}

/** Why a call must wait. */
export type WaitReason = 'throttled' | 'budget-full' | 'polling-half-used' | 'kept-for-polling';

export type CallDecision =
  | { readonly kind: 'granted' }
  | { readonly kind: 'wait'; readonly until: Instant; readonly reason: WaitReason };

export interface CallBudgetState {
  /** The calls made within the last `BUDGET_WINDOW`, in any order; older ones are ignored. */
  readonly calls: readonly MadeCall[];
  /** Set by a 1010009; a moment that has passed blocks nobody. */
  readonly blockedUntil: Instant | null;
  readonly priority: CallPriority;
  readonly now: Instant;
  readonly callsPerMinute: number;
}

/** How many calls polling and sweeps may make together in one window: half, so that people are always answered. */
export function pollingShare(callsPerMinute: number): number {
  return Math.max(1, Math.floor(callsPerMinute / 2));
}

/** How many calls must not have been made by polling and sweeps for a sweep to go on: a fifth is kept for the cycles. */
export function sweepShare(callsPerMinute: number): number {
  return Math.max(1, pollingShare(callsPerMinute) - Math.floor(callsPerMinute / 5));
}

/**
 * Decides whether one more call may be made now. A refusal names the reason and the moment from which the same call
 * would be granted if no other were made in between. Nothing is queued: whoever asks decides what to do instead.
 *
 * Platform facts: iot_06_2289 names 100 calls a minute for each application; whether its window slides is not
 * documented, so the stricter sliding one is kept.
 */
export function decideCall(state: CallBudgetState): CallDecision {
  const { priority, now, callsPerMinute } = state;
  if (state.blockedUntil !== null && now < state.blockedUntil) {
    return { kind: 'wait', until: state.blockedUntil, reason: 'throttled' };
  }
  const recent = state.calls.filter((call) => now - call.at < BUDGET_WINDOW);
  const background = recent.filter((call) => call.priority !== 'interactive');
  const bounds: { calls: readonly MadeCall[]; limit: number; reason: WaitReason }[] = [
    { calls: recent, limit: callsPerMinute, reason: 'budget-full' },
  ];
  if (priority !== 'interactive') {
    bounds.push({ calls: background, limit: pollingShare(callsPerMinute), reason: 'polling-half-used' });
  }
  if (priority === 'sweep') {
    bounds.push({ calls: background, limit: sweepShare(callsPerMinute), reason: 'kept-for-polling' });
  }
  const reached = bounds.filter((bound) => bound.calls.length >= bound.limit);
  const first = reached[0];
  if (first === undefined) return { kind: 'granted' };
  return {
    kind: 'wait',
    until: Math.max(...reached.map((bound) => freeAt(bound.calls, bound.limit))),
    reason: first.reason,
  };
}

/** When enough of the calls have left the window for one more to fit under the limit. */
function freeAt(calls: readonly MadeCall[], limit: number): Instant {
  const times = calls.map((call) => call.at).sort((left, right) => left - right);
  const lastToLeave = times[times.length - limit] ?? 0;
  return lastToLeave + BUDGET_WINDOW;
}
