import type { Instant } from '../../../lib/instant.ts';
import { failedDevices, finishedDevices } from '../../task/tally.ts';
import type { Task } from '../../task/task.ts';
import type { Alarms, WatchedTask } from '../../task/watched-task.ts';
import type { Change } from '../changes.ts';
import { type PastTrouble, remember } from '../past-troubles.ts';
import type { OwnRule } from './own-rules.ts';

/** When a running task is worth waking somebody for. */
export interface AlarmThresholds {
  /** `failing` above this share of failed among finished devices, in percent … */
  readonly failingPercent: number;
  /** … once this many devices have finished: one failure among the first two says nothing yet. */
  readonly failingMinDevices: number;
  /** `stalled` after this many milliseconds without any counter moving. */
  readonly stalledAfter: number;
}

/** An alarm that is raised. */
type Raising = Change & Pick<PastTrouble, 'kind'>;

export interface Raised {
  readonly alarms: Alarms;
  readonly changes: readonly Change[];
}

export interface AlarmContext {
  readonly now: Instant;
  /** Those of the settings. */
  readonly thresholds: AlarmThresholds;
  /** Those that subscriptions set for themselves. */
  readonly ownRules?: readonly OwnRule[];
}

/** Raises the alarms that are due and were not raised before in this run of the task. */
export function raiseAlarms(watched: WatchedTask, context: AlarmContext): Raised {
  const { now, thresholds, ownRules = [] } = context;
  const { task, alarms } = watched;
  const changes: Raising[] = [];
  const failing = alarms.failing || isFailing(task, thresholds);
  if (failing && !alarms.failing) changes.push({ kind: 'failing', at: now });
  const stalled = alarms.stalled || isStalled(watched, now, thresholds);
  if (stalled && !alarms.stalled) changes.push({ kind: 'stalled', at: now });
  const overdue = overdueSince(watched, now);
  // After `past-end` nothing is left to say: an end that becomes unreadable must not raise the milder reason again.
  const late = overdue === null || alarms.overdue === 'past-end' ? alarms.overdue : overdue.reason;
  if (overdue && late !== alarms.overdue) changes.push({ kind: 'overdue', at: overdue.since });
  const raised = ownRules.filter(({ key }) => !alarms.own.includes(key)).filter(holds);
  changes.push(...raised.map(({ kind, key }): Raising => ({ kind, at: now, rule: key })));
  const own = raised.length === 0 ? alarms.own : [...alarms.own, ...raised.map(({ key }) => key)];
  const failed = failedDevices(task.tally);
  const past = remember(
    alarms.past,
    // A stall began when the last counter moved.
    changes.map((change) => ({
      ...change,
      at: change.kind === 'stalled' ? watched.movedAt : change.at,
      failed,
    })),
  );
  return { alarms: { failing, stalled, overdue: late, own, past }, changes };

  function holds(rule: OwnRule): boolean {
    return rule.kind === 'failing'
      ? isFailing(task, rule.thresholds)
      : isStalled(watched, now, rule.thresholds);
  }
}

/** The alarms without those that end as soon as the task moves again: the next stall is news again. */
export function withoutStalls(alarms: Alarms): Alarms {
  return { ...alarms, stalled: false, own: alarms.own.filter((key) => !isOfStall(key)) };
}

/** Whether a rule of a subscription's own is about stalling, by its key. */
export function isOfStall(rule: string): boolean {
  return rule.startsWith('stalled:');
}

function isFailing(task: Task, thresholds: AlarmThresholds): boolean {
  if (task.status !== 'running') return false;
  const finished = finishedDevices(task.tally) ?? 0;
  const failed = failedDevices(task.tally) ?? 0;
  return finished >= thresholds.failingMinDevices && failed * 100 > thresholds.failingPercent * finished;
}

function isStalled(watched: WatchedTask, now: Instant, thresholds: AlarmThresholds): boolean {
  return watched.task.status === 'running' && now - watched.movedAt >= thresholds.stalledAfter;
}

function overdueSince(
  { task, active }: Pick<WatchedTask, 'task' | 'active'>,
  now: Instant,
): { readonly reason: 'not-started' | 'past-end'; readonly since: Instant } | null {
  const { startTime, endTime, executeType } = task.policy;
  if (!active) return null;
  if (endTime !== null && now > endTime) return { reason: 'past-end', since: endTime };
  if (executeType === 'custom' && task.status === 'waiting' && startTime !== null && now > startTime) {
    return { reason: 'not-started', since: startTime };
  }
  return null;
}
