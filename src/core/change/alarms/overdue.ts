import type { Instant } from '../../../lib/instant.ts';
import type { WatchedTask } from '../../task/watched-task.ts';

/** Since when a task is past the end of its policy, or past the start that was set for it and still waiting; else null. */
export function overdueSince(
  { task, active }: Pick<WatchedTask, 'task' | 'active'>,
  now: Instant,
): { readonly reason: 'not-started' | 'past-end'; readonly since: Instant } | null {
  const { startTime, endTime, executeType } = task.policy;
  if (!active) return null;
  if (endTime !== null && now > endTime) return { reason: 'past-end', since: endTime };
  if (executeType === 'custom' && task.status === 'waiting' && startTime !== null && now > startTime) {
    return { reason: 'not-started', since: startTime };
  }
  return null;
}
