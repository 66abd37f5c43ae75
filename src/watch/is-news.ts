import type { Task } from '../core/task/task.ts';
import type { WatchState } from '../store/platform/watch-state.ts';
import { ACTIVE_STATUSES } from './read-active.ts';
import { ENDED_STATUSES } from './read-ended.ts';

/**
 * Whether a task never seen before appeared while the bot was watching. In the first cycle nothing is news. After it,
 * every waiting or running task is, since those lists were read whole. An ended task is news only once all older ones
 * are known, or if it was created after every task known at the start.
 */
export function isNews(task: Task, state: WatchState): boolean {
  if (state.lastGoodCycleAt === null) return false;
  if (ACTIVE_STATUSES.some((status) => status === task.status)) return true;
  // Only the sweep lists tasks with an unknown status.
  if (!ENDED_STATUSES.some((status) => status === task.status)) return state.sweptAt !== null;
  if (state.baselineAt !== null) return true;
  return task.createTime !== null && state.newestAtStart !== null && task.createTime > state.newestAtStart;
}
