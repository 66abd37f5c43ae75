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

/** Every difference between two snapshots that means something to a person. */
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
 * What can be told of a task. `ended`: it is over in a status that no document names, so that nobody knows how; told to
 * whoever hears of any ending. `resumed`: a counter moves again after a stall. It answers `stalled` in the thread, whatever
 * a subscription names.
 */
export const POSTED_KINDS = [...CHANGE_KINDS, 'ended', 'resumed'] as const;
export type ChangeKind = (typeof POSTED_KINDS)[number];

export interface Change {
  readonly kind: ChangeKind;
  /** When it happened: the platform's own time where it gives one, else when the bot saw it. */
  readonly at: Instant;
  /** Of an alarm raised by a subscription's own thresholds, or its end: which (alarms/own-rules.ts). */
  readonly rule?: string;
  /** Of the end of a stall: when a counter had moved last before it. */
  readonly since?: Instant;
}

export interface Comparison {
  /** What to remember from now on. */
  readonly watched: WatchedTask;
  readonly changes: readonly Change[];
}

/** `now` is when the snapshot was taken, by the bot's clock. */
export interface SnapshotContext extends AlarmContext {
  /** Tasks that stand in the platform's lists of waiting and running ones. */
  readonly listed?: ReadonlySet<string>;
}

/**
 * Takes up a task never seen before. `news` says whether it came up while the bot was watching: what was there before
 * is nobody's news, so its alarms count as raised. A task that was born and ended in between is told by how it ended.
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

/** Compares what is remembered with a new snapshot. States skipped between the two are simply not told. */
export function compareSnapshots(before: EarlierSnapshot, after: Task, context: SnapshotContext): Comparison {
  const { now } = context;
  const statusMoved = !sameStatus(before.task, after);
  const tallyMoved = !sameTally(before.task.tally, after.tally);
  const moved = statusMoved || tallyMoved;
  // Also progress: a task that comes back as it was, and times that follow the status late. Messages show both.
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
  // Another status tells it as well.
  const resumed = kind === 'progress' && tallyMoved && !statusMoved ? endedStalls(before, now) : [];
  return {
    watched: { ...remembered, alarms: raised.alarms },
    changes: [...changes, ...resumed, ...raised.changes],
  };
}

/** The end of each stall that was raised, by the thresholds of the settings or of subscriptions. */
function endedStalls({ alarms, movedAt }: EarlierSnapshot, now: Instant): readonly Change[] {
  const resumed = { kind: 'resumed', at: now, since: movedAt } as const;
  const own = alarms.own.filter(isOfStall).map((rule): Change => ({ ...resumed, rule }));
  return alarms.stalled ? [resumed, ...own] : own;
}

/** What the task was in trouble with, the failure that it leaves behind included. */
function pastOf({ task, alarms, movedAt }: EarlierSnapshot, after: Task): Alarms['past'] {
  if (task.status !== 'failed' || after.status === 'failed') return alarms.past;
  const at = task.stopTime ?? movedAt;
  return remember(alarms.past, [{ kind: 'failed', at, failed: failedDevices(task.tally) }]);
}

function timesMoved(before: EarlierSnapshot['task'], after: Task): boolean {
  return before.startTime !== after.startTime || before.stopTime !== after.stopTime;
}

/** A new run begins with no alarm raised; but a window that was told to have closed does not close again by a late start. */
function alarmsKept({ task, alarms }: EarlierSnapshot, kind: ChangeKind | null): Alarms {
  if (kind === 'recovered') return NO_ALARMS;
  if (kind !== 'started') return alarms;
  return task.status === 'waiting' ? { ...NO_ALARMS, overdue: alarms.overdue } : NO_ALARMS;
}

/** The platform no longer knows a task that had not ended. Told once; a task that comes back is compared as usual. */
export function vanish(before: WatchedTask, now: Instant): Comparison {
  if (before.vanishedAt !== null) return { watched: before, changes: [] };
  return { watched: { ...before, active: false, vanishedAt: now }, changes: [{ kind: 'vanished', at: now }] };
}

/** A word that nobody knows is taken for active as long as the platform lists the task so. */
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

/** Whether a task is over with this change, for the time being. */
export function isEnding(kind: ChangeKind): boolean {
  return kind === 'failed' || kind === 'succeeded' || kind === 'stopped' || kind === 'ended';
}

function timeOf(kind: ChangeKind, task: Task, now: Instant): Instant {
  if (kind === 'started') return task.startTime ?? now;
  if (isEnding(kind)) return task.stopTime ?? now;
  return now;
}
