import type { Instant } from '../../lib/instant.ts';
import type { SnapshotOfTask } from '../question/detail-answer.ts';
import { sameStatus } from '../task/task.ts';
import { alarmSnapshots } from './alarms/alarm-snapshots.ts';

/** Stretches of time of which the last snapshot stays: three for each point that a chart draws. */
const STRETCHES = 64;
const SECOND = 1_000;

export interface Thinning {
  /** When something was reported: how the task stood then stays. */
  readonly reported: readonly Instant[];
  /** How many snapshots may stay. */
  readonly most: number;
}

/**
 * A task's history, oldest snapshot first, cut down to `most` snapshots; a shorter one stays as it is. First and last stay, the
 * newest quarter, those at which something was reported or the status moved, those that alarms are replayed from, and
 * of the rest the last one of each stretch of time. Stretches are halves of larger ones, and all begin at the same moments
 * for every task: a history that is thinned again and again as it grows is as even as one that is thinned once.
 */
export function thinSnapshots<Snapshot extends SnapshotOfTask>(
  snapshots: readonly Snapshot[],
  { reported, most }: Thinning,
): readonly Snapshot[] {
  if (snapshots.length <= most) return snapshots;
  const kept = new Set([0, snapshots.length - 1]);
  const keep = (some: Iterable<number>, upTo: number) => {
    for (const index of some) {
      if (kept.size >= upTo) return;
      kept.add(index);
    }
  };
  keep(countdown(snapshots.length - 1), most / 4);
  // Where more was reported than can stay, the latest of it; the course of the task must not be lost over it.
  keep(reportedSnapshots(snapshots, reported), (most * 3) / 4);
  keep(alarmSnapshots(snapshots), (kept.size + most) / 2);
  keep(evenSnapshots(snapshots, kept, Math.min(most - kept.size, STRETCHES)), most);
  return snapshots.filter((_, index) => kept.has(index));
}

function* countdown(from: number): Generator<number> {
  for (let index = from; index >= 0; index -= 1) yield index;
}

/** What was seen last when something was reported, and every snapshot with another status than the one before; newest first. */
function* reportedSnapshots(
  snapshots: readonly SnapshotOfTask[],
  reported: readonly Instant[],
): Generator<number> {
  const moments = reported.toSorted((one, other) => other - one);
  let next = 0;
  for (const index of countdown(snapshots.length - 1)) {
    const snapshot = snapshots[index];
    const before = snapshots[index - 1];
    if (snapshot === undefined) continue;
    const { at } = snapshot;
    const told = (moments[next] ?? Number.NEGATIVE_INFINITY) >= at;
    while ((moments[next] ?? Number.NEGATIVE_INFINITY) >= at) next += 1;
    if (told || before === undefined || !sameStatus(before, snapshot)) yield index;
  }
}

/** The last snapshot of each stretch, beside those kept already; in the shortest stretches that make no more than `most`. */
function evenSnapshots(
  snapshots: readonly SnapshotOfTask[],
  kept: ReadonlySet<number>,
  most: number,
): readonly number[] {
  const rest = [...snapshots.keys()].filter((index) => !kept.has(index));
  for (let stretch = SECOND; ; stretch *= 2) {
    const of = (index: number) => Math.floor((snapshots[index]?.at ?? Number.POSITIVE_INFINITY) / stretch);
    const ends = rest.filter((index) => of(index) !== of(index + 1));
    if (ends.length <= most) return ends;
  }
}

/** Whether a history, oldest snapshot first, is no longer whole. */
export function isThinned(snapshots: readonly SnapshotOfTask[]): boolean {
  return snapshots.some(({ at, stood }, index) => {
    const before = snapshots[index - 1];
    return before !== undefined && stood !== null && at - stood > before.at;
  });
}
