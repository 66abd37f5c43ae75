import type { Task } from '../core/task/task.ts';
import type { WatchState } from '../store/platform/watch-state.ts';
import { ACTIVE_STATUSES } from './read-active.ts';
import { ENDED_STATUSES } from './read-ended.ts';

/**
 * Whether a task never seen before came up while the bot was watching. Nothing is news in the first cycle. After it
 * every waiting or running task is, since those lists were read whole; an ended one only when everything that was there
 * before is known, or when it was created after all that was known at the start.
 */
export function isNews(task: Task, state: WatchState): boolean {
  if (state.lastGoodCycleAt === null) return false;
  if (ACTIVE_STATUSES.some((status) => status === task.status)) return true;
  // No list but the sweep's shows tasks with a word that nobody knows.
  if (!ENDED_STATUSES.some((status) => status === task.status)) return state.sweptAt !== null;
  if (state.baselineAt !== null) return true;
  return task.createTime !== null && state.newestAtStart !== null && task.createTime > state.newestAtStart;
}
