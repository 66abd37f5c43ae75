import type { Instant } from '../../lib/instant.ts';
import type { SightOfTask } from '../question/detail-answer.ts';
import { sameStatus } from '../task/task.ts';
import { alarmSights } from './alarms/alarm-snapshots.ts';

/** Stretches of time of which the last sight stays: three for each point that a chart draws. */
const STRETCHES = 64;
const SECOND = 1_000;

export interface Thinning {
  /** When something was reported: how the task stood then stays. */
  readonly reported: readonly Instant[];
  /** How many sights may stay. */
  readonly most: number;
}

/**
 * A task's history, oldest sight first, cut down to `most` sights; a shorter one stays as it is. First and last stay, the
 * newest quarter, those at which something was reported or the status moved, those that alarms are replayed from, and
 * of the rest the last one of each stretch of time. Stretches are halves of larger ones, and all begin at the same moments
 * for every task: a history that is thinned again and again as it grows is as even as one that is thinned once.
 */
export function thinSights<Sight extends SightOfTask>(
  sights: readonly Sight[],
  { reported, most }: Thinning,
): readonly Sight[] {
  if (sights.length <= most) return sights;
  const kept = new Set([0, sights.length - 1]);
  const keep = (some: Iterable<number>, upTo: number) => {
    for (const index of some) {
      if (kept.size >= upTo) return;
      kept.add(index);
    }
  };
  keep(countdown(sights.length - 1), most / 4);
  // Where more was reported than can stay, the latest of it; the course of the task must not be lost over it.
  keep(reportedSights(sights, reported), (most * 3) / 4);
  keep(alarmSights(sights), (kept.size + most) / 2);
  keep(evenSights(sights, kept, Math.min(most - kept.size, STRETCHES)), most);
  return sights.filter((_, index) => kept.has(index));
}

function* countdown(from: number): Generator<number> {
  for (let index = from; index >= 0; index -= 1) yield index;
}

/** What was seen last when something was reported, and every sight with another status than the one before; newest first. */
function* reportedSights(sights: readonly SightOfTask[], reported: readonly Instant[]): Generator<number> {
  const moments = reported.toSorted((one, other) => other - one);
  let next = 0;
  for (const index of countdown(sights.length - 1)) {
    const sight = sights[index];
    const before = sights[index - 1];
    if (sight === undefined) continue;
    const { at } = sight;
    const told = (moments[next] ?? Number.NEGATIVE_INFINITY) >= at;
    while ((moments[next] ?? Number.NEGATIVE_INFINITY) >= at) next += 1;
    if (told || before === undefined || !sameStatus(before, sight)) yield index;
  }
}

/** The last sight of each stretch, beside those kept already; in the shortest stretches that make no more than `most`. */
function evenSights(
  sights: readonly SightOfTask[],
  kept: ReadonlySet<number>,
  most: number,
): readonly number[] {
  const rest = [...sights.keys()].filter((index) => !kept.has(index));
  for (let stretch = SECOND; ; stretch *= 2) {
    const of = (index: number) => Math.floor((sights[index]?.at ?? Number.POSITIVE_INFINITY) / stretch);
    const ends = rest.filter((index) => of(index) !== of(index + 1));
    if (ends.length <= most) return ends;
  }
}

/** Whether a history, oldest sight first, is no longer whole. */
export function isThinned(sights: readonly SightOfTask[]): boolean {
  return sights.some(({ at, stood }, index) => {
    const before = sights[index - 1];
    return before !== undefined && stood !== null && at - stood > before.at;
  });
}
