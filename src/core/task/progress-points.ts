import type { Instant } from '../../lib/instant.ts';
import { doneDevices, failedDevices } from './tally.ts';
import type { Tally } from './task.ts';

/** How far a task was at one moment. */
export interface ProgressPoint {
  readonly at: Instant;
  readonly done: number;
  /** Null: not known. */
  readonly failed: number | null;
}

/**
 * A task's progress at up to `most` points, evenly spaced from the first snapshot with known counters to `until`.
 * Each point shows what was last seen by then, so a flat stretch stays flat. Empty with fewer than two points a
 * second apart.
 */
export function progressPoints(
  snapshots: readonly { readonly at: Instant; readonly tally: Tally }[],
  until: Instant,
  most: number,
): readonly ProgressPoint[] {
  const known = snapshots.flatMap(({ at, tally }): readonly ProgressPoint[] => {
    const done = doneDevices(tally);
    return done === null ? [] : [{ at, done, failed: failedDevices(tally) }];
  });
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = Math.max(until, last.at) - first.at;
  const points = Math.min(most, Math.floor(span / 1_000) + 1);
  if (points < 2) return [];
  let seen = 0;
  return Array.from({ length: points }, (_, index) => {
    const at = first.at + Math.round((span * index) / (points - 1));
    while (seen + 1 < known.length && (known[seen + 1]?.at ?? 0) <= at) seen += 1;
    return { ...(known[seen] ?? first), at };
  });
}
