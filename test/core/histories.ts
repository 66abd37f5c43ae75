import { thinSnapshots } from '../../src/core/change/thin-snapshots.ts';
import type { SnapshotOfTask } from '../../src/core/question/detail-answer.ts';
import fc from '../properties.ts';
import { aTally, HOUR, MINUTE, NOON } from './tasks.ts';

export interface Course {
  /** How often the task moves. */
  readonly moves: number;
  /** Now and again it stands still: after how many moves, and for how long. */
  readonly stalls: readonly { readonly move: number; readonly stood: number }[];
  /** How many devices fail in a thousand, by stretches of 100 moves. */
  readonly failing: readonly number[];
  /** Moves with which it fails, to be retried with the next one. */
  readonly failures: readonly number[];
}

/** The history of a task that moves every minute, each time by a device, over `moves` minutes and its stalls. */
export function historyOf({ moves, stalls, failing, failures }: Course): readonly SnapshotOfTask[] {
  const standing = new Map(stalls.map(({ move, stood }) => [move, stood]));
  const snapshots: SnapshotOfTask[] = [];
  let [at, success, fail] = [NOON, 0, 0];
  for (let move = 0; move < moves; move += 1) {
    const stood = move === 0 ? null : (standing.get(move) ?? MINUTE);
    at += stood ?? 0;
    // Spread as evenly as may be, without chance: the same course makes the same history.
    const share = failing[Math.floor(move / 100) % failing.length] ?? 0;
    const failed = (after: number) => Math.floor((after * share) / 1_000);
    const fails = failed((move % 100) + 1) > failed(move % 100);
    if (fails) fail += 1;
    else success += 1;
    const tally = aTally({
      total: 100_000,
      waiting: 100_000 - success - fail,
      succeeded: success,
      failed: fail,
    });
    snapshots.push({
      at,
      status: failures.includes(move) ? 'failed' : 'running',
      statusWord: null,
      tally,
      stood,
    });
  }
  return snapshots;
}

export function courses({
  most,
  stalls = 12,
}: {
  readonly most: number;
  readonly stalls?: number;
}): fc.Arbitrary<Course> {
  return fc.record({
    moves: fc.integer({ min: 1, max: most }),
    stalls: fc.array(
      fc.record({
        move: fc.integer({ min: 1, max: most }),
        stood: fc.integer({ min: 20 * MINUTE, max: 9 * HOUR }),
      }),
      { maxLength: stalls },
    ),
    failing: fc.array(fc.constantFrom(0, 4, 10, 20, 50, 120, 300, 700), { minLength: 1, maxLength: 6 }),
    failures: fc.array(fc.integer({ min: 1, max: most }), { maxLength: 2 }),
  });
}

/** As the bot keeps it: thinned each time it has grown long. */
export function thinnedAsItGrew(
  snapshots: readonly SnapshotOfTask[],
  {
    reported,
    most,
    long,
  }: { readonly reported: readonly number[]; readonly most: number; readonly long: number },
): readonly SnapshotOfTask[] {
  let kept: SnapshotOfTask[] = [];
  for (const snapshot of snapshots) {
    kept.push(snapshot);
    const until = reported.filter((at) => at <= snapshot.at);
    if (kept.length > long) kept = [...thinSnapshots(kept, { reported: until, most })];
  }
  return kept;
}
