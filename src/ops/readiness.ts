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
}

/** Ready when the store, Slack and the last poll are well; each that is not gives a reason. */
export function judgeReadiness(signs: Signs, now: Instant, longestGap: number): Readiness {
  const { lastGoodCycleAt } = signs;
  const late = lastGoodCycleAt !== null && now - lastGoodCycleAt > longestGap;
  const poll = !signs.polls
    ? null
    : lastGoodCycleAt === null
      ? 'poll: no cycle has succeeded yet'
      : late
        ? `poll: the last good cycle was ${Math.round((now - lastGoodCycleAt) / 1_000)} s ago`
        : null;
  const reasons = [
    signs.store === null ? null : `store: ${signs.store}`,
    signs.slack === null ? null : `slack: ${signs.slack}`,
    poll,
  ].filter((reason) => reason !== null);
  return { ready: reasons.length === 0, reasons };
}
