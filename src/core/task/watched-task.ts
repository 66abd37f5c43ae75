import type { Instant } from '../../lib/instant.ts';
import type { PastTrouble } from '../change/past-troubles.ts';
import type { Task, TaskStatus } from './task.ts';

/** Alarms raised in the task's current run, so that none is raised twice. */
export interface Alarms {
  readonly failing: boolean;
  readonly stalled: boolean;
  /** `not-started`: still waiting after its start time. `past-end`: its window has closed and it has not ended. */
  readonly overdue: 'not-started' | 'past-end' | null;
  /** Keys of the alarms raised by subscriptions' own thresholds. */
  readonly own: readonly string[];
  /** Past troubles over all of the task's runs: the last of each kind and rule. */
  readonly past: readonly PastTrouble[];
}

export const NO_ALARMS: Alarms = { failing: false, stalled: false, overdue: null, own: [], past: [] };

/**
 * A task plus what the bot remembers of earlier snapshots. All times except the task's own are by the bot's clock.
 */
export interface WatchedTask {
  readonly task: Task;
  readonly firstSeenAt: Instant;
  readonly seenAt: Instant;
  /** When status or counters were last seen to change: stalls are measured from here. */
  readonly movedAt: Instant;
  readonly alarms: Alarms;
  /**
   * Whether it is waiting or running. A task in an undocumented status counts as active while the platform lists
   * it as such.
   */
  readonly active: boolean;
  /** When the platform first answered that it no longer knows the task. */
  readonly vanishedAt: Instant | null;
}

/** What a comparison needs from an earlier snapshot; the platform's word only where our status is `unknown`. */
export interface EarlierSnapshot extends Omit<WatchedTask, 'task' | 'seenAt'> {
  readonly task: Pick<Task, 'status' | 'statusWord' | 'tally' | 'startTime' | 'stopTime'>;
}

/** Whether a task in this status may still move: it is waiting, running or unknown. */
export function isActive(status: TaskStatus): boolean {
  return status !== 'failed' && status !== 'succeeded' && status !== 'stopped';
}
