import type { Instant } from '../../lib/instant.ts';
import { failedDevices, sameTally } from '../task/tally.ts';
import { sameStatus, type Task } from '../task/task.ts';
import {
  type Alarms,
  type EarlierSnapshot,
  isActive,
  NO_ALARMS,
  type WatchedTask,
} from '../task/watched-task.ts';
import { type AlarmContext, raiseAlarms } from './alarms/raise-alarms.ts';
import { isOfStall, withoutStalls } from './alarms/stalled.ts';
import { remember } from './past-troubles.ts';

/** Every difference between two snapshots that matters to people. */
export const CHANGE_KINDS = [
  'created',
  'started',
  'progress',
  'failing',
  'stalled',
  'overdue',
  'failed',
  'succeeded',
  'stopped',
  'recovered',
  'vanished',
] as const;
/**
 * Everything that can be posted about a task. `ended`: it is over in an undocumented status, so the outcome is
 * unknown; posted if a subscription wants any kind of ending. `resumed`: a counter moves again after a stall; a
 * reply to `stalled`, whatever kinds a subscription names.
 */
export const POSTED_KINDS = [...CHANGE_KINDS, 'ended', 'resumed'] as const;
export type ChangeKind = (typeof POSTED_KINDS)[number];

export interface Change {
  readonly kind: ChangeKind;
  /** When it happened: the platform's own time if it gives one, else when the bot saw it. */
  readonly at: Instant;
  /** For an alarm by a subscription's own thresholds, or its end: the rule's key (alarms/own-rules.ts). */
  readonly rule?: string;
  /** For the end of a stall: when a counter last moved before it. */
  readonly since?: Instant;
}

export interface Comparison {
  /** What to remember from now on. */
  readonly watched: WatchedTask;
  readonly changes: readonly Change[];
}

/** `now` is when the snapshot was taken, by the bot's clock. */
export interface SnapshotContext extends AlarmContext {
  /** Tasks in the platform's lists of waiting and running ones. */
  readonly listed?: ReadonlySet<string>;
}

/**
 * Starts watching a task never seen before. `news`: it appeared while the bot was watching. Otherwise it is not
 * posted, and alarms already due count as raised. A task created and ended between two polls is reported by its
 * ending.
 */
export function firstSnapshot(task: Task, news: boolean, context: SnapshotContext): Comparison {
  const { now } = context;
  const fresh: WatchedTask = {
    task,
    firstSeenAt: now,
    seenAt: now,
    movedAt: now,
    alarms: NO_ALARMS,
    active: isStillActive(task, context),
    vanishedAt: null,
  };
  const raised = raiseAlarms(fresh, context);
  const watched = { ...fresh, alarms: raised.alarms };
  if (!news) return { watched, changes: [] };
  const ending = endingOf(task) ?? (task.status === 'unknown' && task.stopTime !== null ? 'ended' : null);
  if (ending) return { watched, changes: [{ kind: ending, at: task.stopTime ?? now }] };
  const changes: Change[] = [{ kind: 'created', at: task.createTime ?? now }];
  if (task.status === 'running') changes.push({ kind: 'started', at: task.startTime ?? now });
  return { watched, changes: [...changes, ...raised.changes] };
}

/** Compares what is remembered with a new snapshot. States skipped between the two are not reported. */
export function compareSnapshots(before: EarlierSnapshot, after: Task, context: SnapshotContext): Comparison {
  const { now } = context;
  const statusMoved = !sameStatus(before.task, after);
  const tallyMoved = !sameTally(before.task.tally, after.tally);
  const moved = statusMoved || tallyMoved;
  // Also progress: a task that comes back unchanged, and times that arrive after the status. Messages show both.
  const shifted = tallyMoved || timesMoved(before.task, after) || before.vanishedAt !== null;
  const active = isStillActive(after, context);
  const kind =
    statusMoved || (before.active && !active)
      ? kindOfStatus(before, after, active)
      : shifted
        ? 'progress'
        : null;
  const kept = { ...alarmsKept(before, kind), past: pastOf(before, after) };
  const remembered: WatchedTask = {
    task: after,
    firstSeenAt: before.firstSeenAt,
    seenAt: now,
    movedAt: moved ? now : before.movedAt,
    alarms: moved ? withoutStalls(kept) : kept,
    active,
    vanishedAt: null,
  };
  const raised = raiseAlarms(remembered, context);
  const changes: readonly Change[] = kind === null ? [] : [{ kind, at: timeOf(kind, after, now) }];
  // A change of status already says so.
  const resumed = kind === 'progress' && tallyMoved && !statusMoved ? endedStalls(before, now) : [];
  return {
    watched: { ...remembered, alarms: raised.alarms },
    changes: [...changes, ...resumed, ...raised.changes],
  };
}

/** The end of each raised stall, by the settings' thresholds or by subscriptions' own. */
function endedStalls({ alarms, movedAt }: EarlierSnapshot, now: Instant): readonly Change[] {
  const resumed = { kind: 'resumed', at: now, since: movedAt } as const;
  const own = alarms.own.filter(isOfStall).map((rule): Change => ({ ...resumed, rule }));
  return alarms.stalled ? [resumed, ...own] : own;
}

/** The task's past troubles, including a failure it is just leaving behind. */
function pastOf({ task, alarms, movedAt }: EarlierSnapshot, after: Task): Alarms['past'] {
  if (task.status !== 'failed' || after.status === 'failed') return alarms.past;
  const at = task.stopTime ?? movedAt;
  return remember(alarms.past, [{ kind: 'failed', at, failed: failedDevices(task.tally) }]);
}

function timesMoved(before: EarlierSnapshot['task'], after: Task): boolean {
  return before.startTime !== after.startTime || before.stopTime !== after.stopTime;
}

/** A new run starts with no alarms raised, but a late start does not raise a reported `past-end` again. */
function alarmsKept({ task, alarms }: EarlierSnapshot, kind: ChangeKind | null): Alarms {
  if (kind === 'recovered') return NO_ALARMS;
  if (kind !== 'started') return alarms;
  return task.status === 'waiting' ? { ...NO_ALARMS, overdue: alarms.overdue } : NO_ALARMS;
}

/**
 * The platform no longer knows a task that had not ended. Reported once; a task that comes back is compared as
 * usual.
 */
export function vanish(before: WatchedTask, now: Instant): Comparison {
  if (before.vanishedAt !== null) return { watched: before, changes: [] };
  return { watched: { ...before, active: false, vanishedAt: now }, changes: [{ kind: 'vanished', at: now }] };
}

/** A task in an unknown status counts as active while the platform lists it as such. */
function isStillActive({ operationId, status, stopTime }: Task, { listed }: SnapshotContext): boolean {
  if (status !== 'unknown') return isActive(status);
  return stopTime === null && (listed?.has(operationId) ?? false);
}

function kindOfStatus(before: EarlierSnapshot, after: Task, active: boolean): ChangeKind {
  const ending = endingOf(after);
  if (ending) return ending;
  if (!active) return before.active ? 'ended' : 'progress';
  if (before.task.status === 'failed') return 'recovered';
  return after.status === 'running' ? 'started' : 'progress';
}

function endingOf(task: Task): 'failed' | 'succeeded' | 'stopped' | null {
  const { status } = task;
  return status === 'failed' || status === 'succeeded' || status === 'stopped' ? status : null;
}

/** Whether this change ends the task, at least for now. */
export function isEnding(kind: ChangeKind): boolean {
  return kind === 'failed' || kind === 'succeeded' || kind === 'stopped' || kind === 'ended';
}

function timeOf(kind: ChangeKind, task: Task, now: Instant): Instant {
  if (kind === 'started') return task.startTime ?? now;
  if (isEnding(kind)) return task.stopTime ?? now;
  return now;
}
