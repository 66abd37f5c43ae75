import { withoutStalls } from '../change/alarms/stalled.ts';
import { type StandingAlarm, standingAlarms } from '../change/alarms/standing-alarms.ts';
import { sameTally } from '../task/tally.ts';
import { sameStatus, type Task } from '../task/task.ts';
import { isActive, NO_ALARMS, type WatchedTask } from '../task/watched-task.ts';

/** A task as answers show it: with what is wrong with it beside its status, as far as the watch knows it. */
export interface ShownTask extends Task {
  /** Worst first, by the thresholds of the settings. Missing: nothing is known. */
  readonly standing?: readonly StandingAlarm[];
}

/**
 * A task as it was just read, with the alarms the watch raised for it. What the reading itself refutes is left out: a
 * counter that moved ends a stall, and a new run all that came before.
 */
export function shownTask(task: Task, watched: WatchedTask | undefined): ShownTask {
  if (watched === undefined) return task;
  const before = watched.task;
  const moved = !sameStatus(before, task) || !sameTally(before.tally, task.tally);
  const kept = moved ? withoutStalls(watched.alarms) : watched.alarms;
  const alarms = watched.active ? kept : NO_ALARMS;
  // What it is called by a word that nobody knows is as active as it was when it was last looked at.
  const active = task.status === 'unknown' ? watched.active && task.stopTime === null : isActive(task.status);
  return { ...task, standing: standingAlarms({ task, alarms, active, vanishedAt: null }) };
}
