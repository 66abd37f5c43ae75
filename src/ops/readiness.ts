import type { Instant } from '../core/task.ts';

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
  const { lastGoodCycleAt } = signs;
  const late = lastGoodCycleAt !== null && now - lastGoodCycleAt > longestGap;
  const poll = !signs.polls
    ? null
    : lastGoodCycleAt === null
      ? 'no cycle has succeeded yet'
      : late
        ? `the last good cycle was ${Math.round((now - lastGoodCycleAt) / 1_000)} s ago`
        : null;
  const parts = { store: signs.store, slack: signs.slack, poll };
  const reasons = Object.entries(parts).flatMap(([part, trouble]) =>
    trouble === null ? [] : [`${part}: ${trouble}`],
  );
  return { ready: reasons.length === 0, reasons, parts };
}
