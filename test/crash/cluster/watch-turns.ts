/** A worker's call to the platform: by which life of a process, and when, in real milliseconds. */
export interface Turn {
  readonly life: number;
  /** Since when that life was ready to work. */
  readonly readyAt: number;
  readonly at: number;
}

export interface Turns {
  /** What is wrong with them, in words. */
  readonly problems: readonly string[];
  /**
   * The longest time in which one was ready to watch and did not, in milliseconds: from the last death before its first
   * call, since each one that dies may have held the watch.
   */
  readonly longestHandover: number;
  /** How often another process went on with the watch. */
  readonly handovers: number;
}

/**
 * Holds the calls of all workers against the rule that one of them watches: another one may call only when
 * the one before it has ended. `endedAt` says when a life ended; those that are not in it live.
 */
export function judgeTurns(turns: readonly Turn[], endedAt: ReadonlyMap<number, number>): Turns {
  const problems: string[] = [];
  let [longestHandover, handovers] = [0, 0];
  for (const [index, turn] of turns.entries()) {
    const before = turns[index - 1];
    if (!before || before.life === turn.life) continue;
    handovers += 1;
    const end = endedAt.get(before.life) ?? Number.POSITIVE_INFINITY;
    const deaths = [...endedAt.values()].filter((at) => at <= turn.at);
    if (end <= turn.at)
      longestHandover = Math.max(longestHandover, turn.at - Math.max(turn.readyAt, ...deaths));
    else {
      problems.push(
        `process ${turn.life} called ${Math.round(turn.at - before.at)} ms after process ${before.life}, which was not dead`,
      );
    }
  }
  return { problems, longestHandover, handovers };
}

/** The most calls that reached the platform within any minute. The times rise. */
export function mostInAMinute(times: readonly number[]): number {
  let [most, from] = [0, 0];
  for (const [index, at] of times.entries()) {
    while (at - (times[from] ?? at) >= 60_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
