import type { Instant } from '../../lib/instant.ts';
import type { PastTrouble } from '../change/past-troubles.ts';
import type { Task, TaskStatus } from './task.ts';

/** Which alarms of the present run of a task were raised, so that none is raised twice. */
export interface Alarms {
  readonly failing: boolean;
  readonly stalled: boolean;
  /** `not-started`: its start passed while it waits. `past-end`: its window closed and it has not ended. */
  readonly overdue: 'not-started' | 'past-end' | null;
  /** Keys of the alarms raised by thresholds that subscriptions set for themselves. */
  readonly own: readonly string[];
  /** What the task was in trouble with, over all of its runs: the last of each kind and rule. */
  readonly past: readonly PastTrouble[];
}

export const NO_ALARMS: Alarms = { failing: false, stalled: false, overdue: null, own: [], past: [] };

/** A task together with what the bot remembers of earlier snapshots. All times but the task's own are the bot's. */
export interface WatchedTask {
  readonly task: Task;
  readonly firstSeenAt: Instant;
  readonly seenAt: Instant;
  /** When status or counters were last seen to differ: what stalling is measured from. */
  readonly movedAt: Instant;
  readonly alarms: Alarms;
  /** Whether it waits or runs. In a status that no document names it does while the platform lists it with those that do. */
  readonly active: boolean;
  /** When the platform first answered that it no longer knows the task. */
  readonly vanishedAt: Instant | null;
}

/** What comparing needs to know of an earlier snapshot; the platform's word only where our status is `unknown`. */
export interface EarlierSnapshot extends Omit<WatchedTask, 'task' | 'seenAt'> {
  readonly task: Pick<Task, 'status' | 'statusWord' | 'tally' | 'startTime' | 'stopTime'>;
}

/** Whether a task in this status may move by itself: it waits or runs, or nobody knows what the word means. */
export function isActive(status: TaskStatus): boolean {
  return status !== 'failed' && status !== 'succeeded' && status !== 'stopped';
}
