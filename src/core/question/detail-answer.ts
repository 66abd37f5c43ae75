import type { Instant } from '../../lib/instant.ts';
import type { Change } from '../change/changes.ts';
import type { DeviceResult, KnownStatus, StatusAndWord, Tally, Task } from '../task/task.ts';
import type { Freshness, Trouble } from './answer.ts';

/** Which devices of a task are asked for. */
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

/** One page of a task's devices. */
export interface DevicePage {
  readonly question: DevicesQuestion;
  /** As last seen by the watch; null when it has not seen the task. */
  readonly task: Task | null;
  readonly results: readonly DeviceResult[];
  /** All that match, or null where the platform does not say. */
  readonly total: number | null;
  readonly more: boolean;
  readonly freshness: Freshness;
}

/** The failed devices of a task, as far as they were read. */
export interface FailedDevicesReport {
  readonly operationId: string;
  /** As last seen by the watch; null when it has not seen the task. */
  readonly task: Task | null;
  readonly results: readonly DeviceResult[];
  /** How many failed according to the platform; null where it does not say. */
  readonly total: number | null;
  /** Why there are more than were read; null when all were read. */
  readonly cut:
    | { readonly kind: 'too-many' }
    | { readonly kind: 'trouble'; readonly trouble: Trouble }
    | null;
  readonly freshness: Freshness;
}

/** How a task stood when status or counters were seen to have moved. */
export interface SnapshotOfTask extends StatusAndWord {
  readonly at: Instant;
  readonly tally: Tally;
  /** For how long, in milliseconds, nothing had moved until then; null for the first snapshot of a task. */
  readonly stood: number | null;
}

/** A task as the bot saw it move: what the platform itself does not keep. */
export interface TaskHistory {
  readonly operationId: string;
  /** As last seen; null when the bot has never seen the task. */
  readonly task: Task | null;
  readonly firstSeenAt: Instant | null;
  readonly lastSeenAt: Instant | null;
  /** Oldest first, thinned where there were many; of a known task none where they are no longer kept. */
  readonly snapshots: readonly SnapshotOfTask[];
  readonly changes: ChangesOfTask;
}

/** A task's first and last changes, each oldest first, and how many were left out between them. */
export interface ChangesOfTask {
  readonly first: readonly Change[];
  readonly last: readonly Change[];
  readonly between: number;
}
