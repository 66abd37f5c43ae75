import type { Instant } from '../../lib/instant.ts';
import type { Caller } from '../port.ts';
import type { CallDecision } from './call-budget.ts';
import type { PollingNeed } from './polling-need.ts';

export interface CallUsage {
  /** Calls that count against the budget now. */
  readonly used: number;
  /** Calls per minute. */
  readonly limit: number;
  /** When the block after a 1010009 ends; null if calls are not blocked. */
  readonly blockedUntil: Instant | null;
  /** The cost of the cycles as the watch last reported it; null before the first report. */
  readonly polling: PollingNeed | null;
}

/** Records the calls made and decides about the next one. Shared by all callers with the same appId. */
export interface CallLedger {
  /** Decides about one call and counts it atomically if it is granted. */
  take(caller: Caller): Promise<CallDecision>;
  /** Reserves what the poll cycles need from now on, so that other callers cannot use it up. */
  reserve(polling: PollingNeed): Promise<void>;
  /** Blocks all calls until then. Never shortens an existing block. */
  block(until: Instant): Promise<void>;
  usage(): Promise<CallUsage>;
}
