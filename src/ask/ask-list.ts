import type { Freshness, TaskList, Trouble } from '../core/answer.ts';
import type { ListRequest } from '../core/filter/filter.ts';
import { planRequest } from '../core/filter/plan.ts';
import { PageBeyondLimitError } from '../platform/errors/page-beyond-limit-error.ts';
import { findTasks } from '../store/find-tasks.ts';
import { readWatchState } from '../store/watch-state.ts';
import { askLive } from './live.ts';
import type { AskParts } from './parts.ts';

/**
 * Answers a list question: live where the platform can express it, else (and whenever the platform does not answer)
 * from the mirror. `zone` is the asker's, for dates in the filter.
 */
export async function askList(parts: AskParts, request: ListRequest, zone: string): Promise<TaskList> {
  const plan = planRequest(request);
  if (plan.source === 'mirror') return await askMirror(parts, request, zone, null);
  const live = await askLive((signal) =>
    parts.platform.listTasks(plan.query, { priority: 'interactive', signal }).catch((error: unknown) => {
      // The platform's way of saying that the list ends before this page.
      if (error instanceof PageBeyondLimitError)
        return { items: [], received: 0, total: null, unreadable: [] };
      throw error;
    }),
  );
  if (live.kind === 'no-answer') return await askMirror(parts, request, zone, live.because);
  const { items, received, total, unreadable } = live.result;
  return {
    request,
    tasks: items,
    total,
    more: total === null ? received >= request.size : request.page * request.size < total,
    unreadable: unreadable.length,
    freshness: { kind: 'live' },
  };
}

async function askMirror(
  { db, now }: AskParts,
  request: ListRequest,
  zone: string,
  because: Trouble | null,
): Promise<TaskList> {
  const { tasks, total } = await findTasks(db, request, { now: now(), zone });
  return {
    request,
    tasks,
    total,
    more: request.page * request.size < total,
    unreadable: 0,
    freshness: await mirrorFreshness({ db }, because),
  };
}

/** How old the mirror is, and why it was asked. */
export async function mirrorFreshness(
  { db }: Pick<AskParts, 'db'>,
  because: Trouble | null,
): Promise<Freshness> {
  const { lastGoodCycleAt } = await readWatchState(db);
  return { kind: 'mirror', asOf: lastGoodCycleAt, because };
}
