import { failedDevices, finishedDevices } from '../../task/tally.ts';
import type { WatchedTask } from '../../task/watched-task.ts';
import type { AlarmThresholds } from './thresholds.ts';

/** Whether too many of a running task's finished devices have failed, once enough have finished. */
export function isFailing({ task }: Pick<WatchedTask, 'task'>, thresholds: AlarmThresholds): boolean {
  if (task.status !== 'running') return false;
  const finished = finishedDevices(task.tally) ?? 0;
  const failed = failedDevices(task.tally) ?? 0;
  return finished >= thresholds.failingMinDevices && failed * 100 > thresholds.failingPercent * finished;
}
