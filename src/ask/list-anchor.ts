import type { ListRequest } from '../core/filter/filter.ts';
import type { TaskList } from '../core/question/answer.ts';
import { type Anchor, anchoredSpan } from '../core/question/list-button.ts';
import type { WatchState } from '../store/platform/watch-state.ts';
import { findNewestCreated, findTaskIds } from '../store/task/find-tasks.ts';
import type { AskParts } from './parts.ts';

export type AnchorRule =
  /** The page comes from the mirror, without the tasks created later. */
  | 'anchored'
  /** A look of its own: nobody turned a page. */
  | 'no-anchor'
  /** The mirror does not hold all tasks yet, so that its pages would skip some. */
  | 'no-baseline'
  /** The platform may find tasks by the groups of a device, which the mirror does not know. */
  | 'device-filter';

/** Whether a page is answered with the tasks of the page it was reached from. */
export function anchorRule(
  { terms }: Pick<ListRequest, 'terms'>,
  anchor: Anchor | null,
  { baselineAt }: Pick<WatchState, 'baselineAt'>,
): AnchorRule {
  if (terms.some((term) => term.field === 'device')) return 'device-filter';
  if (baselineAt === null) return 'no-baseline';
  return anchor === null ? 'no-anchor' : 'anchored';
}

type Shown = Pick<TaskList, 'request' | 'tasks' | 'more' | 'freshness'>;

/**
 * The anchor for the pages around one that was just looked up; null where their numbers have to do. A page of the
 * platform's can only be gone on from in the mirror when the mirror has the same tasks on it, newer ones left aside:
 * the platform documents no order, and the mirror may be a minute behind.
 */
export async function anchorOf(
  { db, now }: Pick<AskParts, 'db' | 'now'>,
  { request, tasks, more, freshness }: Shown,
  zone: string,
): Promise<Anchor | null> {
  if (tasks.length === 0 || (request.page === 1 && !more)) return null;
  const createdUpTo = await findNewestCreated(db);
  if (createdUpTo === null) return null;
  const older = tasks.filter(({ createTime }) => createTime === null || createTime <= createdUpTo);
  const anchor = { createdUpTo, lead: tasks.length - older.length, askedAt: now() };
  if (freshness.kind === 'mirror') return anchor;
  // How many newer tasks there are is known only when they begin the list and end on this page.
  if (anchor.lead > 0 && (request.page > 1 || older.length === 0)) return null;
  const span = { createdUpTo, ...anchoredSpan(anchor, request) };
  const ids = new Set(await findTaskIds(db, request, { now: anchor.askedAt, zone }, span));
  const same = ids.size === older.length && older.every(({ operationId }) => ids.has(operationId));
  return same ? anchor : null;
}
