import type { Kysely } from 'kysely';
import type { fromAbsence } from '../core/change/absence.ts';
import { ownRules } from '../core/change/alarms/own-rules.ts';
import {
  type Change,
  type Comparison,
  compareSnapshots,
  firstSnapshot,
  type SnapshotContext,
  vanish,
} from '../core/change/changes.ts';
import { endsMutes } from '../core/notification/mute.ts';
import {
  inOrderOfHappening,
  newFailures,
  REASONS_PATIENCE,
} from '../core/notification/order-of-happening.ts';
import { planOutboxInSteps, type TaskChanges } from '../core/notification/outbox-plan.ts';
import type { PlannedNotification } from '../core/notification/planned-notification.ts';
import { isQuiet } from '../core/notification/quiet-hours.ts';
import type { Task } from '../core/task/task.ts';
import type { Instant } from '../lib/instant.ts';
import { writeChanges } from '../store/change/changes.ts';
import { inPortions } from '../store/engine/chunks.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import { dropAcknowledgements } from '../store/notification/acknowledgements.ts';
import { readQuietHoldingChannels } from '../store/notification/held-notifications.ts';
import { endMutes, readMutes } from '../store/notification/mutes.ts';
import { readThreads, writeOutbox } from '../store/notification/outbox.ts';
import { waitForReasons } from '../store/notification/wait-for-reasons.ts';
import { type WatchState, writeWatchState } from '../store/platform/watch-state.ts';
import { readAllHours } from '../store/subscription/channel-hours.ts';
import { readSubscriptions } from '../store/subscription/subscriptions.ts';
import type { MirroredTask } from '../store/task/task-rows.ts';
import { readMirroredTasks, readWatchedTasks } from '../store/task/tasks.ts';
import { writeWatchedTasks } from '../store/task/write-tasks.ts';
import { inTurns } from './in-turns.ts';

export interface Snapshots {
  /** In the order they were read; a task may appear more than once. */
  readonly tasks: readonly Task[];
  /** Tasks the platform no longer knows. */
  readonly gone: readonly string[];
}

export interface RecordContext extends SnapshotContext {
  /** Whether a task never seen before appeared while the bot was watching. */
  readonly isNews: (task: Task) => boolean;
  /** Whether a task's changes happened while nobody was watching. */
  readonly wasAway: ReturnType<typeof fromAbsence>;
  /** For how many new failures the failed devices are read right after this. */
  readonly reasonsRead: number;
  readonly newId: () => string;
  /** Called in the transaction; throws if another process watches by now. */
  readonly confirm: (tx: Kysely<Schema>) => Promise<void>;
}

export interface Recorded {
  readonly changes: readonly TaskChanges[];
  readonly notifications: number;
}

/**
 * Compares snapshots with the mirror and writes everything that follows in one transaction: mirror, history, changes,
 * notifications and watch state. Either all of it is stored or nothing is.
 */
export async function recordSnapshots(
  db: Kysely<Schema>,
  snapshots: Snapshots,
  nextState: WatchState,
  context: RecordContext,
  notes: readonly PlannedNotification[] = [],
): Promise<Recorded> {
  return await inTransaction(db, async (tx) => {
    await context.confirm(tx);
    const subscriptions = await readSubscriptions(tx);
    const rules = ownRules(subscriptions, context.thresholds);
    const compared = await compareAndWrite(tx, snapshots, { ...context, ownRules: rules });
    const changes = inOrderOfHappening(compared);
    await writeChanges(tx, changes, context);
    const changed = changes.map(({ task }) => task.operationId);
    const threads = await readThreads(tx, changed);
    // Progress only edits roots, so without one there is nothing to plan.
    const telling = changes.filter(
      ({ task, changes: some }) =>
        threads.has(task.operationId) || some.some(({ kind }) => kind !== 'progress'),
    );
    const steps = planOutboxInSteps(telling, {
      subscriptions,
      threads,
      mutes: await readMutes(tx, changed),
      quiet: await quietChannels(tx, context.now),
      now: context.now,
      newId: context.newId,
    });
    const plan = await inTurns(steps);
    const notifications = [...notes, ...plan.notifications];
    await writeOutbox(tx, { ...plan, notifications });
    const withReasons = newFailures(changes).slice(0, context.reasonsRead);
    await waitForReasons(tx, withReasons, { from: context.now, until: context.now + REASONS_PATIENCE });
    await endMutes(
      tx,
      idsOf(changes, ({ kind }) => endsMutes(kind)),
    );
    const again = changes.filter(beganAgain);
    await dropAcknowledgements(
      tx,
      again.map(({ task }) => task.operationId),
    );
    await writeWatchState(tx, nextState);
    return { changes, notifications: notifications.length };
  });
}

async function quietChannels(db: Kysely<Schema>, now: Instant): Promise<ReadonlySet<string>> {
  const hours = [...(await readAllHours(db))];
  const quiet = hours.flatMap(([channel, { quiet, zone }]) => (isQuiet(quiet, zone, now) ? [channel] : []));
  // Quiet hours may be over before their summary is posted. New notifications must not overtake it.
  return new Set([...quiet, ...(await readQuietHoldingChannels(db))]);
}

function idsOf(all: readonly TaskChanges[], happened: (change: Change) => boolean): readonly string[] {
  return all.filter(({ changes }) => changes.some(happened)).map(({ task }) => task.operationId);
}

/** What is kept of a comparison after it is written. */
interface Told extends TaskChanges {
  readonly hadEnded: boolean;
}

/** A new run of a task that had ended. */
function beganAgain({ hadEnded, changes }: Told): boolean {
  return changes.some(({ kind }) => kind === 'recovered' || (hadEnded && kind === 'started'));
}

/**
 * Writes the snapshots into the mirror and returns the tasks with changes. Works in portions: loading all tasks of a
 * large fleet at once would take more memory than the rest of the bot.
 */
async function compareAndWrite(
  db: Kysely<Schema>,
  { tasks, gone }: Snapshots,
  context: RecordContext,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  // All snapshots of a task go into one portion, because each is compared with the one before.
  const seen = Map.groupBy(tasks, ({ operationId }) => operationId);
  const lost = new Set(gone);
  for (const ids of inPortions([...new Set([...seen.keys(), ...gone])])) {
    const mirrored = await readMirroredTasks(db, ids);
    const missing = await readWatchedTasks(
      db,
      ids.filter((id) => lost.has(id)),
    );
    const compared = ids.flatMap((id) => {
      const before = mirrored.get(id) ?? null;
      const steps = comparisons(before, seen.get(id) ?? [], context);
      const last = steps.at(-1)?.watched ?? missing.get(id);
      if (lost.has(id) && last) steps.push(vanish(last, context.now));
      const after = steps.at(-1)?.watched;
      // Nothing to write if the mirror never held the task that is gone.
      return after ? { before, after, changes: steps.flatMap(({ changes }) => changes) } : [];
    });
    await writeWatchedTasks(db, compared);
    for (const { before, after, changes } of compared) {
      if (changes.length === 0) continue;
      const { task, movedAt } = after;
      const hadEnded = before !== null && !before.active && before.vanishedAt === null;
      const away = context.wasAway({ operationId: task.operationId, isNew: before === null, changes });
      told.push({ task, movedAt, changes, away, hadEnded });
    }
  }
  return told;
}

/** Compares each snapshot with the one before it, and the first with the mirror. */
function comparisons(
  before: MirroredTask | null,
  snapshots: readonly Task[],
  context: RecordContext,
): Comparison[] {
  const steps: Comparison[] = [];
  for (const task of snapshots) {
    const earlier = steps.at(-1)?.watched ?? before;
    steps.push(
      earlier ? compareSnapshots(earlier, task, context) : firstSnapshot(task, context.isNews(task), context),
    );
  }
  return steps;
}
