/** Slack gives up on a request that is not acknowledged within this time, in milliseconds. */
export const SLACKS_LIMIT = 3_000;
/**
 * An app that does nothing answers in a few milliseconds. Where it needed this long, the machine had no time for anybody,
 * and a late acknowledgement tells of the machine.
 */
const BUSY = SLACKS_LIMIT / 10;

/** What is wrong with how quickly requests were acknowledged, held against the slowest answer of a bare app meanwhile. */
export function judgeLateness(late: readonly number[], slowestBare: number): readonly string[] {
  if (slowestBare >= BUSY) return [];
  return late.map(
    (took) =>
      `acknowledged after ${Math.round(took)} ms, while a bare app needed ${Math.round(slowestBare)} ms at most`,
  );
}
