import type { Instant } from '../../lib/instant.ts';
import type { Caller } from '../port.ts';
import type { CallDecision } from './call-budget.ts';
import type { PollingNeed } from './polling-need.ts';

export interface CallUsage {
  /** Calls that count against the budget now. */
  readonly used: number;
  /** Calls a minute. */
  readonly limit: number;
  /** Until when the platform's throttle answer keeps everyone from calling; null when nothing does. */
  readonly blockedUntil: Instant | null;
  /** What the cycles cost, as the watch said last; null before it said anything. */
  readonly polling: PollingNeed | null;
}

/** Remembers the calls made and decides about the next one. Shared by everything that calls with the same appId. */
export interface CallLedger {
  /** Decides about one call and, when it is granted, counts it in the same step. */
  take(caller: Caller): Promise<CallDecision>;
  /** Keeps from now on what the polling cycles need from being used up by anybody else. */
  reserve(polling: PollingNeed): Promise<void>;
  /** Keeps everyone from calling until that moment; never shortens a block that stands. */
  block(until: Instant): Promise<void>;
  usage(): Promise<CallUsage>;
}
