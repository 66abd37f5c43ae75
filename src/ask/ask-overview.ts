import type { Overview } from '../core/question/answer.ts';
import { KNOWN_STATUSES, type StatusCount } from '../core/task/task.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { findFailedSince, findTasks } from '../store/task/find-tasks.ts';
import { countByStatus } from '../store/task/tasks.ts';
import { mirrorFreshness } from './ask-list.ts';
import type { AskParts } from './parts.ts';
import { shownTasks } from './shown-tasks.ts';

const DAY = 86_400_000;
const SHOWN_RUNNING = 8;
const SHOWN_FAILED = 5;

/** During the first sweep the mirror holds fewer tasks than the totals the platform has reported. */
async function countTasks(db: AskParts['db']): Promise<readonly StatusCount[]> {
  const counts = await countByStatus(db);
  const { ended } = await readWatchState(db);
  const said = KNOWN_STATUSES.map((status) => ({
    status,
    statusWord: null,
    tasks: Math.max(ended[status]?.total ?? 0, counts.find((one) => one.status === status)?.tasks ?? 0),
  }));
  return [...said.filter(({ tasks }) => tasks > 0), ...counts.filter(({ status }) => status === 'unknown')];
}

/** The overview, from the mirror: five live calls would return the same, only a minute fresher. */
export async function askOverview({ db, now }: Pick<AskParts, 'db' | 'now'>): Promise<Overview> {
  const context = { now: now(), zone: 'UTC' };
  const running = await findTasks(
    db,
    {
      terms: [{ field: 'status', values: ['running'], not: false }],
      sort: null,
      page: 1,
      size: SHOWN_RUNNING,
    },
    context,
  );
  const failed = await findFailedSince(db, context.now - DAY, SHOWN_FAILED);
  return {
    counts: await countTasks(db),
    running: await shownTasks(db, running.tasks),
    failedLately: failed.tasks,
    failedLatelyTotal: failed.total,
    freshness: await mirrorFreshness({ db }, null),
  };
}
