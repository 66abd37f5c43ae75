import type { Instant } from '../../../src/lib/instant.ts';
import { OrderedTasks } from './ordered-tasks.ts';
import type { TaskRecord } from './task-record.ts';

const NONE: readonly TaskRecord[] = [];

/** All tasks by id, by time, and by status, so that a page of running tasks among 100,000 is read at once. */
export class TaskIndex {
  readonly #byId = new Map<string, TaskRecord>();
  readonly #all = new OrderedTasks();
  readonly #byStatus = new Map<string, OrderedTasks>();

  get size(): number {
    return this.#byId.size;
  }

  find(operationId: string): TaskRecord | undefined {
    return this.#byId.get(operationId);
  }

  add(task: TaskRecord): void {
    this.#byId.set(task.operationId, task);
    this.#all.add(task);
    this.#listOf(task.status).add(task);
  }

  remove(task: TaskRecord): void {
    this.#byId.delete(task.operationId);
    this.#all.remove(task);
    this.#listOf(task.status).remove(task);
  }

  setStatus(task: TaskRecord, status: string): void {
    if (task.status === status) return;
    this.#listOf(task.status).remove(task);
    task.status = status;
    this.#listOf(status).add(task);
  }

  setCreateTime(task: TaskRecord, createTime: Instant): void {
    this.remove(task);
    task.createTime = createTime;
    this.add(task);
  }

  /** Oldest first; all tasks, or those of one status. */
  tasks(status?: string): readonly TaskRecord[] {
    if (status === undefined) return this.#all.oldestFirst();
    return this.#byStatus.get(status)?.oldestFirst() ?? NONE;
  }

  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [status, tasks] of this.#byStatus) counts[status] = tasks.oldestFirst().length;
    return counts;
  }

  #listOf(status: string): OrderedTasks {
    const known = this.#byStatus.get(status);
    if (known !== undefined) return known;
    const list = new OrderedTasks();
    this.#byStatus.set(status, list);
    return list;
  }
}
