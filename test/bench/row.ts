/** One line of the table of figures. */
export interface Row {
  readonly what: string;
  /** What was measured, in words with units. */
  readonly figure: string;
  /** What the least program that does the same needed in this run; null where nothing compares. */
  readonly floor: string | null;
  /** The figure over its floor. */
  readonly ratio: number | null;
  /** What is promised; null where nothing is. */
  readonly promise: string | null;
  readonly verdict: Verdict;
}

/**
 * `broken` ends the bench with 1. `busy`: the figure is beyond the promise, but the floor in the same run was so slow that
 * it tells of the machine and not of the bot.
 */
export type Verdict = 'kept' | 'broken' | 'busy' | 'no promise' | 'elsewhere';

/** What counts as noise: a promise is broken when the figure is beyond it by more than this share. */
const NOISE = 0.05;
/** A floor that takes this share of the promise by itself, with nothing to do but answer, shows a machine under load. */
const BUSY = 1 / 3;

/** Holds a figure against its promise; both in the same unit, less is better. */
export function judge(figure: number, promise: number, floor: number | null = null): Verdict {
  if (figure <= promise * (1 + NOISE)) return 'kept';
  return floor !== null && floor > promise * BUSY ? 'busy' : 'broken';
}
