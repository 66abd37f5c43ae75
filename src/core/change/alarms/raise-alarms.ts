import type { Instant } from '../../../lib/instant.ts';
import { failedDevices } from '../../task/tally.ts';
import type { Alarms, WatchedTask } from '../../task/watched-task.ts';
import type { Change } from '../changes.ts';
import { type PastTrouble, remember } from '../past-troubles.ts';
import { isFailing } from './failing.ts';
import { overdueSince } from './overdue.ts';
import type { OwnRule } from './own-rules.ts';
import { isStalled } from './stalled.ts';
import type { AlarmThresholds } from './thresholds.ts';

type Raising = Change & Pick<PastTrouble, 'kind'>;

export interface Raised {
  readonly alarms: Alarms;
  readonly changes: readonly Change[];
}

export interface AlarmContext {
  readonly now: Instant;
  /** The settings' thresholds. */
  readonly thresholds: AlarmThresholds;
  /** Rules that subscriptions set for themselves. */
  readonly ownRules?: readonly OwnRule[];
}

/** Raises the alarms that are due and not yet raised in this run of the task. */
export function raiseAlarms(watched: WatchedTask, context: AlarmContext): Raised {
  const { now, thresholds, ownRules = [] } = context;
  const { task, alarms } = watched;
  const changes: Raising[] = [];
  const failing = alarms.failing || isFailing(watched, thresholds);
  if (failing && !alarms.failing) changes.push({ kind: 'failing', at: now });
  const stalled = alarms.stalled || isStalled(watched, thresholds, now);
  if (stalled && !alarms.stalled) changes.push({ kind: 'stalled', at: now });
  const overdue = overdueSince(watched, now);
  // `past-end` is final: if the end time becomes unreadable, the milder reason must not be raised again.
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
      ? isFailing(watched, rule.thresholds)
      : isStalled(watched, rule.thresholds, now);
  }
}
