import type { Instant } from '../../../lib/instant.ts';
import type { Alarms, WatchedTask } from '../../task/watched-task.ts';
import type { AlarmThresholds } from './thresholds.ts';

/** Whether no counter of a running task moved for too long. */
export function isStalled(
  { task, movedAt }: Pick<WatchedTask, 'task' | 'movedAt'>,
  thresholds: AlarmThresholds,
  now: Instant,
): boolean {
  return task.status === 'running' && now - movedAt >= thresholds.stalledAfter;
}

/** The alarms without those that end as soon as the task moves again: the next stall is news again. */
export function withoutStalls(alarms: Alarms): Alarms {
  return { ...alarms, stalled: false, own: alarms.own.filter((key) => !isOfStall(key)) };
}

/** Whether a rule of a subscription's own is about stalling, by its key. */
export function isOfStall(rule: string): boolean {
  return rule.startsWith('stalled:');
}
