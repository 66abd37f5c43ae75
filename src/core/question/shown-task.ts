import { withoutStalls } from '../change/alarms/stalled.ts';
import { type StandingAlarm, standingAlarms } from '../change/alarms/standing-alarms.ts';
import { sameTally } from '../task/tally.ts';
import { sameStatus, type Task } from '../task/task.ts';
import { isActive, NO_ALARMS, type WatchedTask } from '../task/watched-task.ts';

/** A task as shown in answers: its status plus what is known to be wrong with it. */
export interface ShownTask extends Task {
  /** Worst first, by the thresholds in the settings. Missing: nothing is known. */
  readonly standing?: readonly StandingAlarm[];
}

/**
 * A task just read, with the alarms raised while watching it. Alarms the new data disproves are dropped: a counter
 * that moved ends a stall, and a new run ends all of them.
 */
export function shownTask(task: Task, watched: WatchedTask | undefined): ShownTask {
  if (watched === undefined) return task;
  const before = watched.task;
  const moved = !sameStatus(before, task) || !sameTally(before.tally, task.tally);
  const kept = moved ? withoutStalls(watched.alarms) : watched.alarms;
  const alarms = watched.active ? kept : NO_ALARMS;
  // A task in an unknown status is as active as when it was last polled.
  const active = task.status === 'unknown' ? watched.active && task.stopTime === null : isActive(task.status);
  return { ...task, standing: standingAlarms({ task, alarms, active, vanishedAt: null }) };
}
