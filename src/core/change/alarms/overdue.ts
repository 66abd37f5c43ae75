import type { Instant } from '../../../lib/instant.ts';
import type { WatchedTask } from '../../task/watched-task.ts';

/**
 * When an active task went past the end of its policy, or past its set start while still waiting; null if it is
 * not overdue.
 */
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
