import type { TaskRecord } from './task-record.ts';

/** Tasks by time of creation, oldest first; tasks that arrive in order cost nothing, others one sort at the next read. */
export class OrderedTasks {
  #tasks: TaskRecord[] = [];
  #sorted = true;

  add(task: TaskRecord): void {
    const last = this.#tasks.at(-1);
    if (last !== undefined && before(task, last)) this.#sorted = false;
    this.#tasks.push(task);
  }

  /** Must come before the task's time of creation changes, since the task is found by it. */
  remove(task: TaskRecord): void {
    const place = this.#placeOf(task);
    if (this.#tasks[place] === task) this.#tasks.splice(place, 1);
  }

  oldestFirst(): readonly TaskRecord[] {
    if (!this.#sorted) {
      this.#tasks.sort((a, b) => a.createTime - b.createTime || a.sequence - b.sequence);
      this.#sorted = true;
    }
    return this.#tasks;
  }

  #placeOf(task: TaskRecord): number {
    const tasks = this.oldestFirst();
    let low = 0;
    let high = tasks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const probe = tasks[middle];
      if (probe !== undefined && before(probe, task)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function before(a: TaskRecord, b: TaskRecord): boolean {
  return a.createTime < b.createTime || (a.createTime === b.createTime && a.sequence < b.sequence);
}
