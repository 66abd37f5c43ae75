import { createTask } from 'node-cron';
import type { Instant } from '../core/task.ts';

/** The next two moments of a schedule; fewer where it ends. */
export function nextRuns(schedule: string): readonly Instant[] {
  const task = createTask(schedule, () => undefined);
  const runs = task.getNextRuns(2).map((run) => run.getTime());
  void task.destroy();
  return runs;
}
