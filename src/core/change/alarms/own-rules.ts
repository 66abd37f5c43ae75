import type { Instant } from '../../../lib/instant.ts';
import { matches } from '../../filter/matches.ts';
import type { OwnThresholds, Subscription } from '../../subscription/subscription.ts';
import type { Task } from '../../task/task.ts';
import type { Alarms, WatchedTask } from '../../task/watched-task.ts';
import type { Change, ChangeKind } from '../changes.ts';
import type { AlarmThresholds } from './thresholds.ts';

/** An alarm by a subscription's own thresholds, raised alongside those by the settings. */
export interface OwnRule {
  readonly kind: 'failing' | 'stalled';
  /** Equal for equal thresholds, so that subscriptions with the same ones share an alarm. */
  readonly key: string;
  readonly thresholds: AlarmThresholds;
}

/** Key of the rule a subscription uses for a kind; null: the settings' thresholds. */
export function ruleKey(thresholds: OwnThresholds, kind: ChangeKind): string | null {
  const { failingPercent, failingMinDevices, stalledAfter } = thresholds;
  if (kind === 'stalled' || kind === 'resumed')
    return stalledAfter === undefined ? null : `stalled:${stalledAfter}`;
  if (kind !== 'failing') return null;
  if (failingPercent === undefined && failingMinDevices === undefined) return null;
  return `failing:${failingPercent ?? ''}/${failingMinDevices ?? ''}`;
}

/** All rules set by subscriptions themselves, each once. */
export function ownRules(
  subscriptions: readonly Pick<Subscription, 'thresholds'>[],
  settings: AlarmThresholds,
): readonly OwnRule[] {
  const rules = new Map<string, OwnRule>();
  for (const { thresholds } of subscriptions) {
    for (const kind of ['failing', 'stalled'] as const) {
      const key = ruleKey(thresholds, kind);
      if (key !== null) rules.set(key, { kind, key, thresholds: { ...settings, ...thresholds } });
    }
  }
  return [...rules.values()];
}

/** Whether a change was found by the thresholds this subscription uses. */
export function followsRule(subscription: Pick<Subscription, 'thresholds'>, change: Change): boolean {
  return ruleKey(subscription.thresholds, change.kind) === (change.rule ?? null);
}

/**
 * The alarms as one channel sees them: by the settings, or by its subscriptions' own thresholds. `subscriptions`
 * are the channel's that match the task (`concerning`).
 */
export function alarmsFor(
  alarms: Alarms,
  subscriptions: readonly Pick<Subscription, 'thresholds'>[],
): Alarms {
  const keysOf = (kind: ChangeKind) => {
    const keys = subscriptions.map(({ thresholds }) => ruleKey(thresholds, kind));
    return keys.length === 0 ? [null] : keys;
  };
  const raised = (kind: 'failing' | 'stalled') =>
    keysOf(kind).some((key) => (key === null ? alarms[kind] : alarms.own.includes(key)));
  const past = alarms.past.filter(({ kind, rule }) => keysOf(kind).includes(rule ?? null));
  return { ...alarms, failing: raised('failing'), stalled: raised('stalled'), past };
}

/**
 * A task with its alarms as one channel sees them, given all of the channel's subscriptions. Filters are evaluated
 * at `seenAt` (stored when the task last changed), so the result does not depend on when it is shown.
 */
export function seenBy(watched: WatchedTask, subscriptions: readonly Subscription[]): WatchedTask {
  const wishes = concerning(watched.task, subscriptions, watched.seenAt);
  return { ...watched, alarms: alarmsFor(watched.alarms, wishes) };
}

/** The subscriptions whose filter matches the task. */
export function concerning<One extends Pick<Subscription, 'terms'>>(
  task: Task,
  subscriptions: readonly One[],
  now: Instant,
): readonly One[] {
  return subscriptions.filter(({ terms }) => matches(task, terms, { now, zone: 'UTC' }));
}
