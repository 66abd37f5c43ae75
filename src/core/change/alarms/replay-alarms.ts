import type { Instant } from '../../../lib/instant.ts';
import type { PastChange } from '../../notification/preview.ts';
import type { SnapshotOfTask } from '../../question/detail-answer.ts';
import { standInTask, type Task } from '../../task/task.ts';
import type { WatchedTask } from '../../task/watched-task.ts';
import { type Change, type Comparison, compareSnapshots, firstSnapshot } from '../changes.ts';
import type { OwnRule } from './own-rules.ts';
import { raiseAlarms } from './raise-alarms.ts';
import { withoutStalls } from './stalled.ts';
import type { AlarmThresholds } from './thresholds.ts';

export interface ReplayContext {
  /** A subscription's own rules. Alarms by the settings were recorded when they happened. */
  readonly rules: readonly OwnRule[];
  /** The settings' thresholds. */
  readonly thresholds: AlarmThresholds;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The alarms that rules would have raised between `from` and `to`, replayed from a task's history. Snapshots come
 * oldest first, with one from before the span if there is one. Alarms already due at `from` are left out.
 */
export function replayAlarms(
  known: Pick<Task, 'operationId' | 'createTime'>,
  snapshots: readonly SnapshotOfTask[],
  { rules, thresholds, from, to }: ReplayContext,
): readonly PastChange[] {
  const found: PastChange[] = [];
  const context = (now: Instant) => ({ now, thresholds, ownRules: rules });
  let watched: WatchedTask | null = null;
  const look = (now: Instant) => {
    if (watched === null) return;
    const { alarms, changes } = raiseAlarms(watched, context(now));
    watched = { ...watched, alarms };
    keep(changes, now);
  };
  const keep = (changes: readonly Change[], noticedAt: Instant) => {
    if (noticedAt <= from) return;
    const task = standInTask(known);
    for (const change of changes) if (change.rule !== undefined) found.push({ task, change, noticedAt });
  };
  /** Snapshots are thinned as they age, but no stall in a gap was longer than the ones that were kept. */
  const moveInGap = (at: Instant) => {
    if (watched !== null && at > watched.movedAt)
      watched = { ...watched, movedAt: at, alarms: withoutStalls(watched.alarms) };
  };
  /** Between snapshots a task can only stall. */
  const wait = (until: Instant) => {
    const movedAt = watched?.movedAt ?? until;
    if (from > movedAt && from < until) look(from);
    for (const { kind, thresholds: own } of rules) {
      const due = movedAt + own.stalledAfter;
      if (kind === 'stalled' && due > from && due < until) look(due);
    }
  };
  for (const { at, status, statusWord, tally, stood } of snapshots) {
    const task = standInTask({ ...known, status, statusWord, tally });
    if (stood !== null) moveInGap(at - stood);
    wait(at);
    const compared: Comparison =
      watched === null
        ? firstSnapshot(task, at > from, context(at))
        : compareSnapshots(watched, task, context(at));
    watched = compared.watched;
    keep(compared.changes, at);
  }
  wait(to);
  return found;
}
