import type { Instant } from '../../../lib/instant.ts';
import type { Alarms, WatchedTask } from '../../task/watched-task.ts';
import type { AlarmThresholds } from './thresholds.ts';

/** Whether a running task's counters have not moved for too long. */
export function isStalled(
  { task, movedAt }: Pick<WatchedTask, 'task' | 'movedAt'>,
  thresholds: AlarmThresholds,
  now: Instant,
): boolean {
  return task.status === 'running' && now - movedAt >= thresholds.stalledAfter;
}

/** Drops the alarms that end when the task moves again: the next stall is news again. */
export function withoutStalls(alarms: Alarms): Alarms {
  return { ...alarms, stalled: false, own: alarms.own.filter((key) => !isOfStall(key)) };
}

/** Whether the key of a subscription's own rule is for a stall. */
export function isOfStall(rule: string): boolean {
  return rule.startsWith('stalled:');
}
