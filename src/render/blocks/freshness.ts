import type { Freshness } from '../../core/question/answer.ts';
import { date, plain } from './text.ts';

/** `live`, or `as of …` for a stored answer; `troubleLine` has the reason. */
export function freshnessLine(freshness: Freshness): string {
  if (freshness.kind === 'live') return 'live';
  return freshness.asOf === null
    ? 'as of never: no look at the platform has succeeded yet'
    : `as of ${date(freshness.asOf)}`;
}

/** Why the platform did not answer and what to do; null if it did, or was not asked. */
export function troubleLine(freshness: Freshness): string | null {
  if (freshness.kind === 'live' || freshness.because === null) return null;
  return `:warning: ${plain(freshness.because.message)} ${plain(freshness.because.advice)}`;
}
