import type { Term } from '../filter/filter.ts';
import { resolveTime } from '../filter/time-expression.ts';

/** The years a time expression can hold. */
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:00Z');

/**
 * The terms with dates and times meant in a zone (IANA name) as the same moments in UTC, to the minute: a stored
 * subscription means the same for ever, whoever reads it and wherever its maker moves.
 */
export function inZone(terms: readonly Term[], zone: string): readonly Term[] {
  return terms.map((term) => {
    if (!('time' in term) || term.time.kind !== 'local') return term;
    const moment = resolveTime(term.time, { now: 0, zone });
    const kept = Math.min(Math.max(moment, FIRST), LAST);
    return { ...term, time: { kind: 'utc', text: new Date(kept).toISOString().slice(0, 16) } };
  });
}
