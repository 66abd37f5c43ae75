import type { Health } from '../core/question/answer.ts';
import { budgetTroubles } from '../platform/budget/budget-troubles.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import { countNotifications } from '../store/notification/figures.ts';
import { readLastTrouble, readWatchState } from '../store/platform/watch-state.ts';
import { countByStatus } from '../store/task/tasks.ts';
import type { AskParts } from './parts.ts';

/** The bot's health: the last polls, the platform calls, and the notifications by state. */
export async function askHealth({ db }: Pick<AskParts, 'db'>, ledger: CallLedger): Promise<Health> {
  const [state, counts, usage, notifications] = [
    await readWatchState(db),
    await countByStatus(db),
    await ledger.usage(),
    await countNotifications(db),
  ];
  return {
    lastGoodCycleAt: state.lastGoodCycleAt,
    lastCycleFailed: await readLastTrouble(db),
    watchedTasks: counts.reduce((sum, { tasks }) => sum + tasks, 0),
    sweepUnderWay: state.sweep !== null,
    callsUsed: usage.used,
    callsLimit: usage.limit,
    blockedUntil: usage.blockedUntil,
    budgetTroubles: usage.polling === null ? [] : budgetTroubles(usage.limit, usage.polling),
    notificationsWaiting: notifications.waiting,
    notificationsUndecided: notifications.undecided,
    notificationsSuspended: notifications.suspended,
    notificationsHeld: notifications.held,
    notificationsRepeated: notifications.repeated,
  };
}
