import type { Task } from './task.ts';

export const LIST_ORDERS = ['newest-first', 'oldest-first', 'unknown'] as const;
/** Order in which the platform was seen to list tasks; undocumented (platform facts: iot_06_0082 names no order). */
export type ListOrder = (typeof LIST_ORDERS)[number];

/** The list order one page shows; null for a page with fewer than two different times, which shows nothing. */
export function orderOfPage(tasks: readonly Task[]): ListOrder | null {
  const times = tasks.flatMap(({ createTime }) => (createTime === null ? [] : [createTime]));
  const steps = times.slice(1).map((time, index) => Math.sign(time - (times[index] ?? time)));
  const falls = steps.includes(-1);
  const rises = steps.includes(1);
  if (!falls && !rises) return null;
  if (falls && rises) return 'unknown';
  return falls ? 'newest-first' : 'oldest-first';
}

/**
 * The page that holds the newest tasks, counted from 0. An oldest-first list has them on its last page, known from
 * the total of the last poll. Without a total or an order, it is the first page.
 */
export function newestPage(order: ListOrder, total: number | null, pageSize: number): number {
  if (order !== 'oldest-first' || total === null || total <= 0) return 0;
  return Math.floor((total - 1) / pageSize);
}
