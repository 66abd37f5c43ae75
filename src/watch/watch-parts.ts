import type { Logger } from 'pino';
import type { Clock } from '../lib/clock.ts';
import type { Instant } from '../lib/instant.ts';
import type { Schedule } from '../lib/timekeeper.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import type { CycleParts, CycleReport } from './run-cycle.ts';

/** Outcome of a poll; `at` is when it began. */
export type CycleOutcome =
  | {
      readonly outcome: 'good' | 'cut-short';
      readonly at: Instant;
      readonly seconds: number;
      readonly report: CycleReport;
    }
  | { readonly outcome: 'failed'; readonly at: Instant; readonly seconds: number; readonly error: unknown }
  /** Another process watches. */
  | { readonly outcome: 'elsewhere'; readonly at: Instant; readonly seconds: number };

export interface WatchParts
  extends Omit<CycleParts, 'downtimeAfter' | 'confirm' | 'recordedAt'>,
    Pick<Clock, 'monotonic'> {
  readonly leases: LeaseKeeper;
  readonly ledger: Pick<CallLedger, 'reserve'>;
  readonly callsPerMinute: number;
  readonly schedule: Schedule;
  readonly pollSchedule: string;
  readonly sweepSchedule: string;
  readonly log: Logger;
  /** Called after every cycle of this process, e.g. to wake the delivery. */
  readonly onCycle: (outcome: CycleOutcome) => void;
}
