import type { Freshness } from '../../core/question/answer.ts';
import { date, plain } from './text.ts';

/** `live`, or `as of …` with the reason where the platform was to answer and did not. */
export function freshnessLine(freshness: Freshness): string {
  if (freshness.kind === 'live') return 'live';
  return freshness.asOf === null
    ? 'as of never: no look at the platform has succeeded yet'
    : `as of ${date(freshness.asOf)}`;
}

/** What kept the platform from answering and what to do about it; null when nothing did. */
export function troubleLine(freshness: Freshness): string | null {
  if (freshness.kind === 'live' || freshness.because === null) return null;
  return `:warning: ${plain(freshness.because.message)} ${plain(freshness.because.advice)}`;
}
