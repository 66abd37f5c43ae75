import type { Kysely } from 'kysely';
import type { Task, TaskStatus } from '../core/task/task.ts';
import type { Schema } from '../store/engine/schema.ts';
import { countByStatus, readStatuses } from '../store/task/tasks.ts';

/** How many tasks the mirror will hold in a status once all tasks read so far are recorded; `found` grows between calls. */
export type CountKnown = (status: TaskStatus, found: readonly Task[]) => Promise<number>;

/**
 * Counts for one cycle. It is called for each page of each ended list, so the mirror is counted only once, and active
 * tasks are kept as sums. `before` holds the statuses of active tasks in the mirror.
 */
export function createCountKnown(
  db: Kysely<Schema>,
  active: readonly Task[],
  before: ReadonlyMap<string, TaskStatus>,
): CountKnown {
  const was = new Map(before);
  const is = new Map(active.map(({ operationId, status }) => [operationId, status]));
  let counted: Promise<Map<TaskStatus, number>> | null = null;

  const learn = async (ids: Iterable<string>) => {
    const unknown = [...ids].filter((id) => !was.has(id));
    for (const [id, status] of await readStatuses(db, unknown)) was.set(id, status);
  };
  const count = async () => {
    await learn(is.keys());
    const counts = new Map<TaskStatus, number>();
    const add = (status: TaskStatus | undefined, more: number) => {
      if (status !== undefined) counts.set(status, (counts.get(status) ?? 0) + more);
    };
    for (const { status, tasks } of await countByStatus(db)) add(status, tasks);
    for (const [id, status] of is) {
      add(was.get(id), -1);
      add(status, 1);
    }
    return counts;
  };

  return async (status, found) => {
    counted ??= count();
    let known = (await counted).get(status) ?? 0;
    const ended = new Map(found.map((task) => [task.operationId, task.status]));
    await learn(ended.keys());
    for (const [id, now] of ended) {
      const last = is.get(id) ?? was.get(id);
      if (last === status) known -= 1;
      if (now === status) known += 1;
    }
    return known;
  };
}
