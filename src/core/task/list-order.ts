import type { Task } from './task.ts';

export const LIST_ORDERS = ['newest-first', 'oldest-first', 'unknown'] as const;
/** In which order the platform was seen to list tasks; no document says (platform facts: iot_06_0082 has no order). */
export type ListOrder = (typeof LIST_ORDERS)[number];

/** What a page tells about the order of its list. Pages with fewer than two different times tell nothing: null. */
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
 * The page of a list on which the newest tasks stand, from 0. An oldest-first list has them at its end, known from the
 * total of the last look; with no total or no order, the first page is as good as any.
 */
export function newestPage(order: ListOrder, total: number | null, pageSize: number): number {
  if (order !== 'oldest-first' || total === null || total <= 0) return 0;
  return Math.floor((total - 1) / pageSize);
}
