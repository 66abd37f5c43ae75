import type { ListRequest } from '../core/filter/filter.ts';
import type { TaskList } from '../core/question/answer.ts';
import { type Anchor, anchoredSpan } from '../core/question/list-button.ts';
import type { WatchState } from '../store/platform/watch-state.ts';
import { findNewestCreated, findTaskIds } from '../store/task/find-tasks.ts';
import type { AskParts } from './parts.ts';

export type AnchorRule =
  /** The page comes from the mirror, without tasks created later. */
  | 'anchored'
  /** A new question: nobody turned a page. */
  | 'no-anchor'
  /** The mirror is not complete yet, so its pages could skip tasks. */
  | 'no-baseline'
  /** The platform may match a device through its groups, which the mirror does not know. */
  | 'device-filter';

/** Whether a page continues from the anchor of the page it was reached from. */
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
 * The anchor for paging on from a list just read; null if page numbers have to do. To continue from a live page,
 * the mirror must have the same tasks on it, apart from newer ones: the platform documents no order, and the mirror
 * may be a minute behind.
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
  // The number of newer tasks is only known if they start the list and end on this page.
  if (anchor.lead > 0 && (request.page > 1 || older.length === 0)) return null;
  const span = { createdUpTo, ...anchoredSpan(anchor, request) };
  const ids = new Set(await findTaskIds(db, request, { now: anchor.askedAt, zone }, span));
  const same = ids.size === older.length && older.every(({ operationId }) => ids.has(operationId));
  return same ? anchor : null;
}
