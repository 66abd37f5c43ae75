import type { CallDecision } from '../core/call-budget.ts';
import type { CallPriority } from '../core/platform.ts';
import type { Instant } from '../core/task.ts';

export interface CallUsage {
  /** Calls that count against the budget now. */
  readonly used: number;
  /** Calls a minute. */
  readonly limit: number;
  /** Until when the platform's throttle answer keeps everyone from calling; null when nothing does. */
  readonly blockedUntil: Instant | null;
}

/** Remembers the calls made and decides about the next one. Shared by everything that calls with the same appId. */
export interface CallLedger {
  /** Decides about one call and, when it is granted, counts it in the same step. */
  take(priority: CallPriority): Promise<CallDecision>;
  /** Keeps everyone from calling until that moment; never shortens a block that stands. */
  block(until: Instant): Promise<void>;
  usage(): Promise<CallUsage>;
}
