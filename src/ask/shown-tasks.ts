import type { Kysely } from 'kysely';
import { type ShownTask, shownTask } from '../core/question/shown-task.ts';
import type { Task } from '../core/task/task.ts';
import { isActive } from '../core/task/watched-task.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';

/** These tasks in the given order, each with its standing alarms. */
export async function shownTasks(db: Kysely<Schema>, tasks: readonly Task[]): Promise<readonly ShownTask[]> {
  // For an ended task the status says it all.
  const active = tasks.filter(({ status }) => isActive(status)).map(({ operationId }) => operationId);
  const watched = await readWatchedTasks(db, active);
  return tasks.map((task) => shownTask(task, watched.get(task.operationId)));
}
