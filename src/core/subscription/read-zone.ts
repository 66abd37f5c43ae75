import type { Term } from '../filter/filter.ts';
import { resolveTime } from '../filter/time-expression.ts';
import type { Token } from '../filter/tokens.ts';
import { nearest } from '../filter/vocabulary.ts';
import { type Reading, refused, said } from './reading.ts';

const EXAMPLE = 'write a place such as `zone:Europe/Berlin`, or `zone:UTC`';

/** `zone:Europe/Berlin`: an IANA name this machine has rules for. Ignores case and accepts spaces for underscores. */
export function readZone(token: Token): Reading<string> {
  const typed = token.values.join(',').trim().replaceAll(' ', '_');
  // `EST` is New York to people, but to machines it has no daylight saving time: an hour off in summer.
  if (/^(?!utc|gmt)[a-z]{3}$/i.test(typed)) {
    return refused(token, `an abbreviation does not tell when summer time begins; ${EXAMPLE}`);
  }
  const name = zoneName(typed);
  if (name !== null) return said(name);
  const guess = nearestZone(typed.toLowerCase());
  return refused(
    token,
    guess === null ? `is no zone I know; ${EXAMPLE}` : 'is no zone I know',
    guess === null ? null : `zone:${guess}`,
  );
}

function zoneName(typed: string): string | null {
  const lower = typed.toLowerCase();
  const listed = supported().find((zone) => zone.toLowerCase() === lower);
  if (listed !== undefined) return listed;
  // Unlisted names with rules (`Asia/Kolkata`, `Europe/Kyiv`) are kept, because people know them.
  if (!/^[a-z][a-z0-9_+/-]{1,63}$/i.test(typed) || !hasRules(typed)) return null;
  if (typed !== lower) return typed;
  return lower.includes('/')
    ? lower.replaceAll(/(?<=^|[/_-])[a-z]/g, (letter) => letter.toUpperCase())
    : lower.toUpperCase();
}

function hasRules(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A zone with a similar name, or one named after that city. */
function nearestZone(lower: string): string | null {
  const byName = new Map(supported().map((zone) => [zone.toLowerCase(), zone]));
  const byCity = new Map([...byName].map(([name, zone]) => [name.slice(name.lastIndexOf('/') + 1), zone]));
  const zones = lower.includes('/') ? byName : byCity;
  return byCity.get(lower) ?? zones.get(nearest(lower, zones.keys()) ?? '') ?? null;
}

function supported(): readonly string[] {
  return [...Intl.supportedValuesOf('timeZone'), 'UTC'];
}

/** The range of years a time expression can hold. */
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:00Z');

/**
 * Converts a filter's local times from a zone (IANA name) to UTC, to the minute: a stored subscription keeps its
 * meaning, regardless of who reads it and where its author moves.
 */
export function inZone(terms: readonly Term[], zone: string): readonly Term[] {
  return terms.map((term) => {
    if (!('time' in term) || term.time.kind !== 'local') return term;
    const moment = resolveTime(term.time, { now: 0, zone });
    const kept = Math.min(Math.max(moment, FIRST), LAST);
    return { ...term, time: { kind: 'utc', text: new Date(kept).toISOString().slice(0, 16) } };
  });
}
