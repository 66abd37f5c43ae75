import type { Task } from '../core/task/task.ts';
import { PAGE_SIZE, type PollCalls } from './poll-calls.ts';

/** Running tasks first: one that starts while pages are read is then still found among the waiting, or the next time. */
export const ACTIVE_STATUSES = ['running', 'waiting'] as const;

/**
 * One reading of the active lists. It goes on in the next cycle where the budget cut it off, since only a whole
 * reading can tell which tasks left the lists.
 */
export interface ActivePass {
  readonly list: number;
  readonly pageNo: number;
  readonly seen: ReadonlySet<string>;
  /** What the platform says each list holds in all, as far as it was asked and says. */
  readonly totals: Readonly<Record<string, number | null>>;
}

export const NEW_PASS: ActivePass = { list: 0, pageNo: 0, seen: new Set(), totals: {} };

export interface ActiveReading {
  readonly pass: ActivePass;
  readonly tasks: readonly Task[];
  readonly whole: boolean;
  /** What stopped it; only an exhausted budget is not an error of the cycle. */
  readonly stoppedBy: unknown;
}

/** Reads on until both lists are whole or a call fails. Pages end at a short one: totals are only a hint. */
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
