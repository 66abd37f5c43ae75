import type { AlarmThresholds } from '../../src/core/change/alarms/thresholds.ts';
import { type Change, compareSnapshots, firstSnapshot, vanish } from '../../src/core/change/changes.ts';
import type { Task } from '../../src/core/task/task.ts';
import type { WatchedTask } from '../../src/core/task/watched-task.ts';
import { HOUR, NOON } from './tasks.ts';

export const THRESHOLDS: AlarmThresholds = {
  failingPercent: 5,
  failingMinDevices: 10,
  stalledAfter: 6 * HOUR,
};

/** A bot that looks at one task now and again, with a clock that the test moves. */
export class Watching {
  watched: WatchedTask;
  readonly first: readonly Change[];
  now = NOON;
  /** Tasks that stand in the platform's active lists. */
  listed: ReadonlySet<string> = new Set();

  constructor(task: Task, news = true) {
    const { watched, changes } = firstSnapshot(task, news, { now: this.now, thresholds: THRESHOLDS });
    this.watched = watched;
    this.first = changes;
  }

  /** Looks again after a while and tells what changed. */
  see(task: Task, after = 60_000): readonly Change[] {
    this.now += after;
    const context = { now: this.now, thresholds: THRESHOLDS, listed: this.listed };
    const { watched, changes } = compareSnapshots(this.watched, task, context);
    this.watched = watched;
    return changes;
  }

  /** The platform no longer knows the task. */
  miss(after = 60_000): readonly Change[] {
    this.now += after;
    const { watched, changes } = vanish(this.watched, this.now);
    this.watched = watched;
    return changes;
  }
}

export function kinds(changes: readonly Change[]): readonly string[] {
  return changes.map(({ kind }) => kind);
}
