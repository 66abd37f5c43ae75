import { PREVIEW_SPAN } from '../../notification/preview.ts';
import type { SnapshotOfTask } from '../../question/detail-answer.ts';
import { failedDevices, finishedDevices } from '../../task/tally.ts';

/** Shorter stalls, in milliseconds, are not searched for in the past. */
const SHORTEST_STALL = 30 * 60_000;
/** Shares of failed devices, in percent, that people commonly set as thresholds. */
export const USUAL_PERCENTS = [1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 75] as const;
/** Common minimums of finished devices before those percentages count. */
export const USUAL_DEVICES = [10, 20, 50, 100] as const;

/**
 * Indexes of the snapshots `replayAlarms` needs for the newest days of a history, most important first: ends of
 * stalls, longest first; each run's highest share of failed devices, so that no crossed threshold is lost; then
 * where each usual threshold was crossed. An alarm by another threshold may show up at a later snapshot than the
 * one that would have raised it.
 */
export function alarmSnapshots(snapshots: readonly SnapshotOfTask[]): readonly number[] {
  const since = (snapshots.at(-1)?.at ?? 0) - PREVIEW_SPAN;
  const recent = snapshots.findIndex(({ at }) => at > since);
  const stalls = snapshots
    .flatMap(({ stood }, index) =>
      index >= recent && (stood ?? 0) >= SHORTEST_STALL ? [{ index, stood }] : [],
    )
    .toSorted((one, other) => (other.stood ?? 0) - (one.stood ?? 0))
    .map(({ index }) => index);
  const runs = runsOf(snapshots, Math.max(0, recent));
  const failing = runs
    .toReversed()
    .flatMap((run) => USUAL_DEVICES.map((least) => failingSnapshots(snapshots, run, least)));
  return [
    ...stalls,
    ...failing.flatMap(({ highest }) => highest),
    ...failing.flatMap(({ passing }) => passing),
  ];
}

/** Snapshot indexes of each run: an alarm is raised once per run. */
function runsOf(snapshots: readonly SnapshotOfTask[], from: number): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (let index = from; index < snapshots.length; index += 1) {
    if (snapshots[index]?.status !== 'running') continue;
    const begins = runs.length === 0 || snapshots[index - 1]?.status !== 'running';
    if (begins) runs.push([]);
    runs.at(-1)?.push(index);
  }
  return runs;
}

function failingSnapshots(snapshots: readonly SnapshotOfTask[], run: readonly number[], least: number) {
  const passing: number[] = [];
  let [passed, worst] = [0, { index: -1, share: 0 }];
  for (const index of run) {
    const tally = snapshots[index]?.tally;
    const finished = (tally && finishedDevices(tally)) ?? 0;
    const failed = (tally && failedDevices(tally)) ?? 0;
    if (finished < least) continue;
    const before = passed;
    while (failed * 100 > (USUAL_PERCENTS[passed] ?? Number.POSITIVE_INFINITY) * finished) passed += 1;
    if (passed > before) passing.push(index);
    if (failed / finished > worst.share) worst = { index, share: failed / finished };
  }
  return { passing, highest: worst.index === -1 ? [] : [worst.index] };
}
