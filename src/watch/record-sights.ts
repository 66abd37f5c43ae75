import type { Kysely } from 'kysely';
import { ownRules } from '../core/alarm-rules.ts';
import {
  type Change,
  type Comparison,
  compareSights,
  firstSight,
  type SightContext,
  vanish,
} from '../core/changes.ts';
import { endsMutes } from '../core/mute.ts';
import { planOutbox, type TaskChanges } from '../core/outbox-plan.ts';
import type { PlannedNotice } from '../core/planned-notice.ts';
import { isQuiet } from '../core/quiet-hours.ts';
import type { Instant, Task } from '../core/task.ts';
import { isActive, type WatchedTask } from '../core/watched-task.ts';
import { dropAcknowledgements } from '../store/acknowledgements.ts';
import { writeChanges } from '../store/changes.ts';
import { readAllHours } from '../store/channel-hours.ts';
import { readQuietHoldingChannels } from '../store/held-notices.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { endMutes, readMutes } from '../store/mutes.ts';
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
  /** Called in the transaction: throws when another process watches by now. */
  readonly confirm: (tx: Kysely<Schema>) => Promise<void>;
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
  return await inTransaction(db, async (tx) => {
    await context.confirm(tx);
    const ids = [...new Set([...sights.tasks.map(({ operationId }) => operationId), ...sights.gone])];
    const before = await readWatchedTasks(tx, ids);
    const subscriptions = await readSubscriptions(tx);
    const rules = ownRules(subscriptions, context.thresholds);
    const after = compareAll(before, sights, { ...context, ownRules: rules });
    const remembered = [...after.values()].filter(
      ({ before: was, after: is }) => was === null || differs(was, is),
    );
    await writeWatchedTasks(tx, remembered);
    const changes = [...after.values()]
      .filter((one) => one.changes.length > 0)
      .map(
        (one): TaskChanges => ({ task: one.after.task, movedAt: one.after.movedAt, changes: one.changes }),
      );
    await writeChanges(tx, changes, context);
    const changed = changes.map(({ task }) => task.operationId);
    const plan = planOutbox(changes, {
      subscriptions,
      threads: await readThreads(tx, changed),
      mutes: await readMutes(tx, changed),
      quiet: await quietChannels(tx, context.now),
      now: context.now,
      away: context.away,
      newId: context.newId,
    });
    const notices = [...notes, ...plan.notices];
    await writeOutbox(tx, { ...plan, notices });
    await endMutes(
      tx,
      idsOf(changes, ({ kind }) => endsMutes(kind)),
    );
    const again = [...after.values()].filter(beganAgain);
    await dropAcknowledgements(
      tx,
      again.map((one) => one.after.task.operationId),
    );
    await writeWatchState(tx, nextState);
    return { changes, notices: notices.length };
  });
}

async function quietChannels(db: Kysely<Schema>, now: Instant): Promise<ReadonlySet<string>> {
  const hours = [...(await readAllHours(db))];
  const quiet = hours.flatMap(([channel, { quiet, zone }]) => (isQuiet(quiet, zone, now) ? [channel] : []));
  // Hours may be over and their summary not told yet: what is new must not overtake it.
  return new Set([...quiet, ...(await readQuietHoldingChannels(db))]);
}

function idsOf(all: readonly TaskChanges[], happened: (change: Change) => boolean): readonly string[] {
  return all.filter(({ changes }) => changes.some(happened)).map(({ task }) => task.operationId);
}

interface Compared extends Remembered {
  readonly changes: readonly Change[];
}

/** A new run of a task that had ended. */
function beganAgain({ before, changes }: Compared): boolean {
  if (changes.some(({ kind }) => kind === 'recovered')) return true;
  return before !== null && !isActive(before.task.status) && changes.some(({ kind }) => kind === 'started');
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
