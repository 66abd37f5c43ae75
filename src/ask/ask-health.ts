import type { Health } from '../core/answer.ts';
import { budgetTroubles } from '../core/budget-troubles.ts';
import type { CallLedger } from '../platform/call-ledger.ts';
import { readLastTrouble } from '../store/last-trouble.ts';
import { countNotices } from '../store/notice-counts.ts';
import { countByStatus } from '../store/tasks.ts';
import { readWatchState } from '../store/watch-state.ts';
import type { AskParts } from './parts.ts';

/** How well the bot sees and speaks. */
export async function askHealth({ db }: Pick<AskParts, 'db'>, ledger: CallLedger): Promise<Health> {
  const [state, counts, usage, notices] = [
    await readWatchState(db),
    await countByStatus(db),
    await ledger.usage(),
    await countNotices(db),
  ];
  return {
    lastGoodCycleAt: state.lastGoodCycleAt,
    lastCycleFailed: await readLastTrouble(db),
    watchedTasks: [...counts.values()].reduce((sum, tasks) => sum + tasks, 0),
    sweepUnderWay: state.sweep !== null,
    callsUsed: usage.used,
    callsLimit: usage.limit,
    blockedUntil: usage.blockedUntil,
    budgetTroubles: usage.polling === null ? [] : budgetTroubles(usage.limit, usage.polling),
    noticesWaiting: notices.waiting,
    noticesUndecided: notices.undecided,
    noticesSuspended: notices.suspended,
    noticesHeld: notices.held,
    noticesRepeated: notices.repeated,
  };
}
