import type { Task } from '../core/task.ts';
import { isActive } from '../core/watched-task.ts';
import type { WatchState } from '../store/watch-state.ts';

/**
 * Whether a task never seen before came up while the bot was watching. Nothing is news in the first cycle. After it
 * every active task is, since the active lists were read whole; an ended one only when everything that had ended
 * before is known, or when it was created after all that was known at the start.
 */
export function isNews(task: Task, state: WatchState): boolean {
  if (state.lastGoodCycleAt === null) return false;
  if (isActive(task.status) || state.baselineAt !== null) return true;
  return task.createTime !== null && state.newestAtStart !== null && task.createTime > state.newestAtStart;
}
