import type { Instant } from '../../lib/instant.ts';
import type { Change } from '../change/changes.ts';
import type { DeviceResult, KnownStatus, StatusAndWord, Tally, Task } from '../task/task.ts';
import type { Freshness, Trouble } from './answer.ts';

/** Which of a task's devices to show. */
export const DEVICE_FILTERS = [
  'all',
  'failed',
  'succeeded',
  'running',
  'waiting',
  'stopped',
] as const satisfies readonly ('all' | KnownStatus)[];
export type DeviceFilter = (typeof DEVICE_FILTERS)[number];

export interface DevicesQuestion {
  readonly operationId: string;
  readonly filter: DeviceFilter;
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

export interface DevicePage {
  readonly question: DevicesQuestion;
  /** As last seen while watching; null if the bot has not seen the task. */
  readonly task: Task | null;
  readonly results: readonly DeviceResult[];
  /** Number of all matches; null if the platform does not say. */
  readonly total: number | null;
  readonly more: boolean;
  readonly freshness: Freshness;
}

/** A task's failed devices, as far as they were read. */
export interface FailedDevicesReport {
  readonly operationId: string;
  /** As last seen while watching; null if the bot has not seen the task. */
  readonly task: Task | null;
  readonly results: readonly DeviceResult[];
  /** Number of failed devices according to the platform; null if it does not say. */
  readonly total: number | null;
  /** Why not all of them were read; null if they were. */
  readonly cut:
    | { readonly kind: 'too-many' }
    | { readonly kind: 'trouble'; readonly trouble: Trouble }
    | null;
  readonly freshness: Freshness;
}

/** A task's state when its status or counters were seen to move. */
export interface SnapshotOfTask extends StatusAndWord {
  readonly at: Instant;
  readonly tally: Tally;
  /** How long nothing had moved before this, in milliseconds; null for a task's first snapshot. */
  readonly stood: number | null;
}

/** A task's history as the bot saw it; the platform itself keeps none. */
export interface TaskHistory {
  readonly operationId: string;
  /** As last seen; null if the bot has never seen the task. */
  readonly task: Task | null;
  readonly firstSeenAt: Instant | null;
  readonly lastSeenAt: Instant | null;
  /** Oldest first, thinned if there were many; empty for a known task once they are no longer kept. */
  readonly snapshots: readonly SnapshotOfTask[];
  readonly changes: ChangesOfTask;
}

/** A task's first and last changes, each oldest first, and the number left out between them. */
export interface ChangesOfTask {
  readonly first: readonly Change[];
  readonly last: readonly Change[];
  readonly between: number;
}
