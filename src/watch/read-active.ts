import type { Task } from '../core/task/task.ts';
import { PAGE_SIZE, type PollCalls } from './poll-calls.ts';

/** Running tasks first: one that starts during the reading is still found as waiting, or by the next poll. */
export const ACTIVE_STATUSES = ['running', 'waiting'] as const;

/**
 * One reading of the active lists. If the budget cuts it off, the next cycle continues it: only a whole reading shows
 * which tasks left the lists.
 */
export interface ActivePass {
  readonly list: number;
  readonly pageNo: number;
  readonly seen: ReadonlySet<string>;
  /** The platform's total for each list, where it was read and given. */
  readonly totals: Readonly<Record<string, number | null>>;
}

export const NEW_PASS: ActivePass = { list: 0, pageNo: 0, seen: new Set(), totals: {} };

export interface ActiveReading {
  readonly pass: ActivePass;
  readonly tasks: readonly Task[];
  readonly whole: boolean;
  /** What stopped the reading; only an exhausted budget is not an error. */
  readonly stoppedBy: unknown;
}

/** Reads until both lists are whole or a call fails. A short page ends a list: totals are only a hint. */
export async function readActive(start: ActivePass, calls: PollCalls): Promise<ActiveReading> {
  const tasks: Task[] = [];
  const seen = new Set(start.seen);
  const totals = { ...start.totals };
  let { list, pageNo } = start;
  while (list < ACTIVE_STATUSES.length) {
    const status = ACTIVE_STATUSES[list] ?? 'running';
    try {
      const page = await calls.page(status, pageNo);
      totals[status] = page.total ?? totals[status] ?? null;
      tasks.push(...page.items);
      for (const task of page.items) seen.add(task.operationId);
      const last = page.received < PAGE_SIZE;
      list += last ? 1 : 0;
      pageNo = last ? 0 : pageNo + 1;
    } catch (error) {
      return { pass: { list, pageNo, seen, totals }, tasks, whole: false, stoppedBy: error };
    }
  }
  return { pass: { list, pageNo, seen, totals }, tasks, whole: true, stoppedBy: null };
}
