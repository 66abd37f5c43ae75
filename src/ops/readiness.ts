import type { Instant } from '../lib/instant.ts';

/** What readiness looks at. Null: well; a sentence: what is not. */
export interface Signs {
  readonly store: string | null;
  readonly slack: string | null;
  readonly lastGoodCycleAt: Instant | null;
  /** False where another process polls. */
  readonly polls: boolean;
}

export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  /** What is wrong with each part; null where it is well. */
  readonly parts: {
    readonly store: string | null;
    readonly slack: string | null;
    readonly poll: string | null;
  };
}

/** Ready when the store, Slack and the last poll are well; each that is not gives a reason. */
export function judgeReadiness(signs: Signs, now: Instant, longestGap: number): Readiness {
  const poll = signs.polls ? pollTrouble(signs.lastGoodCycleAt, now, longestGap) : null;
  const parts = { store: signs.store, slack: signs.slack, poll };
  const reasons = Object.entries(parts).flatMap(([part, trouble]) =>
    trouble === null ? [] : [`${part}: ${trouble}`],
  );
  return { ready: reasons.length === 0, reasons, parts };
}

/** A cycle dated ahead says nothing about how long ago it was: the next one does. */
function pollTrouble(lastGoodCycleAt: Instant | null, now: Instant, longestGap: number): string | null {
  if (lastGoodCycleAt === null) return 'no cycle has succeeded yet';
  const seconds = Math.round((now - lastGoodCycleAt) / 1_000);
  if (now - lastGoodCycleAt > longestGap) return `the last good cycle was ${seconds} s ago`;
  if (lastGoodCycleAt - now > longestGap)
    return `the clock was set back: the last good cycle is dated ${-seconds} s ahead`;
  return null;
}
