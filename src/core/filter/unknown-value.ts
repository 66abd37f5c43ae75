import { distance } from 'fastest-levenshtein';
import type { Term, TextField } from './filter.ts';
import { fold } from './fold.ts';

/** A filter value that no task seen by the bot has. */
export interface UnknownValue {
  readonly field: TextField;
  readonly value: string;
  /**
   * The known value it is probably a typo of; null if nothing is close. Similar ids are unrelated, so ids have
   * none.
   */
  readonly nearest: string | null;
  /** Some known values, nearest first. */
  readonly known: readonly string[];
  /** Whether there are more known values than these. */
  readonly more: boolean;
}

/** Most values of one filter to compare with all known names: a line can hold hundreds, and a fleet has thousands. */
export const MOST_COMPARED = 5;
const SHOWN = 5;

/** An unknown value, with the known ones closest to it. */
export function unknownName(field: TextField, value: string, all: readonly string[]): UnknownValue {
  const folded = fold(value);
  const ranked = all
    .filter((name) => fold(name) !== '')
    .map((name) => ({ name, edits: distance(folded, fold(name)) }))
    .toSorted((one, other) => one.edits - other.edits || (one.name < other.name ? -1 : 1));
  const [first] = ranked;
  return {
    field,
    value,
    nearest: first !== undefined && first.edits * 2 <= folded.length ? first.name : null,
    known: ranked.slice(0, SHOWN).map(({ name }) => name),
    more: ranked.length > SHOWN,
  };
}

/** The terms with each unknown value replaced by the nearest known one; null if one of them has none. */
export function withNearest(
  terms: readonly Term[],
  unknown: readonly UnknownValue[],
): readonly Term[] | null {
  if (unknown.some(({ nearest }) => nearest === null)) return null;
  const nearestOf = (field: string, value: string) =>
    unknown.find((one) => one.field === field && one.value === value)?.nearest ?? value;
  return terms.map((term) =>
    'values' in term
      ? { ...term, values: [...new Set(term.values.map((value) => nearestOf(term.field, value)))] }
      : term,
  );
}
