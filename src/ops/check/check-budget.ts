import type { Config } from '../../config/config.ts';
import type { KnownStatus } from '../../core/task/task.ts';
import { cronRuns } from '../../lib/cron.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { budgetTroubles } from '../../platform/budget/budget-troubles.ts';
import { densityOf, pollingNeed } from '../../platform/budget/polling-need.ts';
import type { Platform } from '../../platform/port.ts';
import { readActiveIds } from '../../store/task/tasks.ts';
import type { CheckLine } from './check-line.ts';
import type { SharedStore } from './check-store.ts';

/**
 * Lists what is never read, or not on schedule, with these settings and the current number of active tasks.
 * These are not failures: the bot still works, just without those parts.
 */
export async function checkBudget(
  { platform: { callsPerMinute }, watch: { pollSchedule } }: Pick<Config, 'platform' | 'watch'>,
  platform: Platform,
  store: SharedStore | null,
): Promise<readonly CheckLine[]> {
  const active = (await countActive(platform)) ?? (store === null ? 0 : (await readActiveIds(store.db)).size);
  const need = pollingNeed(active, densityOf(cronRuns(pollSchedule), Date.now()));
  return budgetTroubles(callsPerMinute, need).map(({ message, advice }) => ({
    ok: true,
    text: `budget: ${message} ${advice}`,
  }));
}

/** Null if the platform does not give the totals, or if the budget has no calls left to ask for them. */
async function countActive(platform: Platform): Promise<number | null> {
  const totalOf = async (status: KnownStatus) =>
    (await platform.listTasks({ status, pageNo: 0, pageSize: 1 }, { priority: 'interactive', person: null }))
      .total;
  try {
    const [running, waiting] = [await totalOf('running'), await totalOf('waiting')];
    return running === null || waiting === null ? null : running + waiting;
  } catch (error) {
    if (error instanceof OperationalError && error.repeat === 'wait') return null;
    throw error;
  }
}
