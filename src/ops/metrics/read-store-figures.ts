import type { Kysely } from 'kysely';
import type { StatusCount } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import type { CallLedger } from '../../platform/budget/call-ledger.ts';
import type { Schema } from '../../store/engine/schema.ts';
import {
  countNotifications,
  countSubscriptions,
  type NotificationCounts,
  readBacklog,
} from '../../store/notification/figures.ts';
import { readWatchState } from '../../store/platform/watch-state.ts';
import { countByStatus } from '../../store/task/tasks.ts';

/** Metrics read from the store when the page is requested. */
export interface StoreFigures {
  readonly budgetLeft: number;
  readonly budgetLimit: number;
  readonly tasks: readonly StatusCount[];
  readonly lastGoodCycleAt: Instant | null;
  readonly notifications: NotificationCounts;
  readonly oldestWaitingMs: number;
  readonly held: ReadonlyMap<string, number>;
  readonly subscriptions: ReadonlyMap<string, number>;
}

export async function readStoreFigures(
  db: Kysely<Schema>,
  ledger: CallLedger,
  now: Instant,
): Promise<StoreFigures> {
  const usage = await ledger.usage();
  const backlog = await readBacklog(db);
  const { waitingSince } = backlog;
  return {
    budgetLeft: usage.blockedUntil === null ? Math.max(0, usage.limit - usage.used) : 0,
    budgetLimit: usage.limit,
    tasks: await countByStatus(db),
    lastGoodCycleAt: (await readWatchState(db)).lastGoodCycleAt,
    notifications: await countNotifications(db),
    oldestWaitingMs: waitingSince === null ? 0 : Math.max(0, now - waitingSince),
    held: backlog.held,
    subscriptions: await countSubscriptions(db),
  };
}
