import type { Kysely } from 'kysely';
import {
  type Change,
  type Comparison,
  compareSights,
  firstSight,
  type SightContext,
  vanish,
} from '../core/changes.ts';
import type { PlannedNotice } from '../core/outbox-plan.ts';
import { planOutbox, type TaskChanges } from '../core/outbox-plan.ts';
import type { Task } from '../core/task.ts';
import type { WatchedTask } from '../core/watched-task.ts';
import { writeChanges } from '../store/changes.ts';
import { readThreads, writeOutbox } from '../store/outbox.ts';
import type { Schema } from '../store/schema.ts';
import { readSubscriptions } from '../store/subscriptions.ts';
import { type Remembered, readWatchedTasks, writeWatchedTasks } from '../store/tasks.ts';
import { type WatchState, writeWatchState } from '../store/watch-state.ts';

export interface Sights {
  /** In the order they were read; a task may stand in it more than once. */
  readonly tasks: readonly Task[];
  /** Tasks the platform no longer knows. */
  readonly gone: readonly string[];
}

export interface RecordContext extends SightContext {
  /** Whether a task never seen before came up while the bot was watching. */
  readonly isNews: (task: Task) => boolean;
  readonly away: boolean;
  readonly newId: () => string;
}

export interface Recorded {
  readonly changes: readonly TaskChanges[];
  readonly notices: number;
}

/**
 * Compares sights with the mirror and writes everything that follows from them in one transaction: mirror, history,
 * changes, notices, and the state of the watch. Either all of it is remembered or nothing is.
 */
export async function recordSights(
  db: Kysely<Schema>,
  sights: Sights,
  nextState: WatchState,
  context: RecordContext,
  notes: readonly PlannedNotice[] = [],
): Promise<Recorded> {
  return await db.transaction().execute(async (tx) => {
    const ids = [...new Set([...sights.tasks.map(({ operationId }) => operationId), ...sights.gone])];
    const before = await readWatchedTasks(tx, ids);
    const after = compareAll(before, sights, context);
    const remembered = [...after.values()].filter(
      ({ before: was, after: is }) => was === null || differs(was, is),
    );
    await writeWatchedTasks(tx, remembered);
    const changes = [...after.values()]
      .filter((one) => one.changes.length > 0)
      .map((one): TaskChanges => ({ task: one.after.task, changes: one.changes }));
    await writeChanges(tx, changes, context);
    const plan = planOutbox(changes, {
      subscriptions: await readSubscriptions(tx),
      threads: await readThreads(
        tx,
        changes.map(({ task }) => task.operationId),
      ),
      now: context.now,
      away: context.away,
      newId: context.newId,
    });
    const notices = [...notes, ...plan.notices];
    await writeOutbox(tx, { ...plan, notices });
    await writeWatchState(tx, nextState);
    return { changes, notices: notices.length };
  });
}

interface Compared extends Remembered {
  readonly changes: readonly Change[];
}

function compareAll(
  known: ReadonlyMap<string, WatchedTask>,
  sights: Sights,
  context: RecordContext,
): ReadonlyMap<string, Compared> {
  const compared = new Map<string, Compared>();
  const keep = (operationId: string, { watched, changes }: Comparison) => {
    const earlier = compared.get(operationId)?.changes ?? [];
    const before = known.get(operationId) ?? null;
    compared.set(operationId, { before, after: watched, changes: [...earlier, ...changes] });
  };
  const latest = (operationId: string) => compared.get(operationId)?.after ?? known.get(operationId);
  for (const task of sights.tasks) {
    const before = latest(task.operationId);
    keep(
      task.operationId,
      before ? compareSights(before, task, context) : firstSight(task, context.isNews(task), context),
    );
  }
  for (const operationId of sights.gone) {
    const before = latest(operationId);
    if (before) keep(operationId, vanish(before, context.now));
  }
  return compared;
}

/** Whether there is anything to write. When a task was last looked at is kept for the whole watch, not for each task. */
function differs(was: WatchedTask, is: WatchedTask): boolean {
  return JSON.stringify({ ...was, seenAt: 0 }) !== JSON.stringify({ ...is, seenAt: 0 });
}
