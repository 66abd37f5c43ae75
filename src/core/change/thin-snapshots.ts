import type { Instant } from '../../lib/instant.ts';
import type { SnapshotOfTask } from '../question/detail-answer.ts';
import { sameStatus } from '../task/task.ts';
import { alarmSnapshots } from './alarms/alarm-snapshots.ts';

/** Number of time buckets that keep their last snapshot: three for each point in a chart. */
const STRETCHES = 64;
const SECOND = 1_000;

export interface Thinning {
  /** When something was reported: the task's state at that time is kept. */
  readonly reported: readonly Instant[];
  /** How many snapshots to keep. */
  readonly most: number;
}

/**
 * Thins a task's history, oldest first, to `most` snapshots; a shorter one is returned as is. Keeps the first and
 * last, the newest quarter, those with a report or a new status, those alarms are replayed from, and of the rest
 * the last in each time bucket. Bucket sizes double and all tasks share the same boundaries, so thinning
 * repeatedly is as even as thinning once.
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
  // If more was reported than fits, the latest is kept: the task's progress must stay visible.
  keep(reportedSnapshots(snapshots, reported), (most * 3) / 4);
  keep(alarmSnapshots(snapshots), (kept.size + most) / 2);
  keep(evenSnapshots(snapshots, kept, Math.min(most - kept.size, STRETCHES)), most);
  return snapshots.filter((_, index) => kept.has(index));
}

function* countdown(from: number): Generator<number> {
  for (let index = from; index >= 0; index -= 1) yield index;
}

/** The last snapshot at each report, and every snapshot whose status differs from the one before; newest first. */
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

/**
 * The last snapshot in each time bucket, besides those already kept, using the smallest buckets that give at most
 * `most`.
 */
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

/** Whether a history, oldest snapshot first, has been thinned. */
export function isThinned(snapshots: readonly SnapshotOfTask[]): boolean {
  return snapshots.some(({ at, stood }, index) => {
    const before = snapshots[index - 1];
    return before !== undefined && stood !== null && at - stood > before.at;
  });
}
