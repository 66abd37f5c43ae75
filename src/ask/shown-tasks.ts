import type { Kysely } from 'kysely';
import { type ShownTask, shownTask } from '../core/shown-task.ts';
import type { Task } from '../core/task.ts';
import { isActive } from '../core/watched-task.ts';
import type { Schema } from '../store/schema.ts';
import { readWatchedTasks } from '../store/tasks.ts';

/** These tasks, in their order, each with what the watch knows to be wrong with it. */
export async function shownTasks(db: Kysely<Schema>, tasks: readonly Task[]): Promise<readonly ShownTask[]> {
  // The status of an ended task says all there is.
  const active = tasks.filter(({ status }) => isActive(status)).map(({ operationId }) => operationId);
  const watched = await readWatchedTasks(db, active);
  return tasks.map((task) => shownTask(task, watched.get(task.operationId)));
}
