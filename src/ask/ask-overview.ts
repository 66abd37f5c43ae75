import type { Overview } from '../core/question/answer.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { findFailedSince, findTasks } from '../store/task/find-tasks.ts';
import { countByStatus } from '../store/task/tasks.ts';
import { mirrorFreshness } from './ask-list.ts';
import type { AskParts } from './parts.ts';
import { shownTasks } from './shown-tasks.ts';

const DAY = 86_400_000;
const SHOWN_RUNNING = 8;
const SHOWN_FAILED = 5;

/** How things stand, from the mirror: five live calls would say the same, a minute younger. */
export async function askOverview({ db, now }: Pick<AskParts, 'db' | 'now'>): Promise<Overview> {
  const context = { now: now(), zone: 'UTC' };
  const running = await findTasks(
    db,
    {
      terms: [{ field: 'status', values: ['processing'], not: false }],
      sort: null,
      page: 1,
      size: SHOWN_RUNNING,
    },
    context,
  );
  const failed = await findFailedSince(db, context.now - DAY, SHOWN_FAILED);
  const counts = new Map(await countByStatus(db));
  // While the first sweep is under way the mirror holds less than the platform has said there is.
  for (const [status, { total }] of Object.entries((await readWatchState(db)).ended)) {
    if (total !== null && total > (counts.get(status) ?? 0)) counts.set(status, total);
  }
  return {
    counts,
    running: await shownTasks(db, running.tasks),
    failedLately: failed.tasks,
    failedLatelyTotal: failed.total,
    freshness: await mirrorFreshness({ db }, null),
  };
}
