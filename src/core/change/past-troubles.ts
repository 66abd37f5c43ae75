import type { Instant } from '../../lib/instant.ts';
import type { NotificationContent } from '../notification/notification-content.ts';
import { failedDevices } from '../task/tally.ts';
import type { WatchedTask } from '../task/watched-task.ts';
import { type StandingAlarm, standingAlarms } from './alarms/standing-alarms.ts';
import type { ChangeKind } from './changes.ts';

/** A trouble as it began; it may still be ongoing. */
export interface PastTrouble {
  readonly kind: StandingAlarm;
  readonly at: Instant;
  /** Number of devices failed at the time; null if the platform did not say. */
  readonly failed: number | null;
  /** For an alarm by a subscription's own thresholds: the rule's key. */
  readonly rule?: string;
}

/** Adds new troubles; each replaces the previous one of its kind and rule. */
export function remember(
  past: readonly PastTrouble[],
  begun: readonly PastTrouble[],
): readonly PastTrouble[] {
  if (begun.length === 0) return past;
  const key = ({ kind, rule }: PastTrouble) => `${kind} ${rule ?? ''}`;
  const replaced = new Set(begun.map(key));
  return [
    ...past.filter((one) => !replaced.has(key(one))),
    ...begun.map(({ kind, at, failed, rule }) => ({ kind, at, failed, ...(rule !== undefined && { rule }) })),
  ];
}

/** Something that happened to a task and does not show in its current state. */
export interface Earlier {
  readonly kind: ChangeKind;
  readonly at: Instant;
  /** Number of devices failed, if that says how bad it was; else null. */
  readonly failed: number | null;
}

type First = Pick<Extract<NotificationContent, { kind: 'change' }>, 'change' | 'at' | 'tally'>;

/**
 * What a task's message shows besides the current state, oldest first: the change it was posted for, if the task
 * has moved on, and troubles that are over. `watched` has its alarms as the channel sees them.
 */
export function earlierOf(watched: WatchedTask, first: First): readonly Earlier[] {
  const standing = standingAlarms(watched);
  const begun = new Map<StandingAlarm, Earlier>();
  for (const { kind, at, failed } of watched.alarms.past) {
    const before = begun.get(kind);
    if (isOver(kind, standing) && (before === undefined || at < before.at))
      begun.set(kind, { kind, at, failed });
  }
  const troubles = [...begun.values()];
  const { change, at } = first;
  const told = isShown(change, watched, standing) || troubles.some(({ kind }) => kind === change);
  const opening = told
    ? []
    : [{ kind: change, at, failed: countsDevices(change) ? failedDevices(first.tally) : null }];
  return [...troubles, ...opening].toSorted((one, other) => one.at - other.at);
}

/** A failure covers what led to it. */
function isOver(kind: StandingAlarm, standing: readonly StandingAlarm[]): boolean {
  return !standing.includes(kind) && !standing.includes('failed');
}

function countsDevices(change: ChangeKind): boolean {
  return change === 'failed' || change === 'failing';
}

/** Whether the current state already shows that this happened. */
function isShown(
  change: ChangeKind,
  { task, vanishedAt }: WatchedTask,
  standing: readonly StandingAlarm[],
): boolean {
  switch (change) {
    case 'failed':
    case 'stalled':
    case 'overdue':
      return standing.includes(change);
    case 'failing':
      return standing.includes('failing') || standing.includes('failed');
    case 'succeeded':
      return task.status === 'succeeded';
    case 'stopped':
      return task.status === 'stopped';
    case 'recovered':
      return task.status !== 'failed';
    case 'vanished':
      return vanishedAt !== null;
    default:
      return true;
  }
}
