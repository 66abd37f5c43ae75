import { distance } from 'fastest-levenshtein';
import type { Term, TextField } from './filter.ts';
import { fold } from './fold.ts';

/** A value of a filter that no task carries, so far as the bot has seen. */
export interface UnknownValue {
  readonly field: TextField;
  readonly value: string;
  /** A known one that it is probably a slip of; null: nothing is near. Ids that look alike mean different things. */
  readonly nearest: string | null;
  /** Some known ones, the nearest first. */
  readonly known: readonly string[];
  /** Whether there are more than these. */
  readonly more: boolean;
}

/** Values of one filter that are compared with all known names: a line holds hundreds, and a fleet thousands. */
export const MOST_COMPARED = 5;
const SHOWN = 5;

/** A value that none of the known ones is, beside those that come nearest to it. */
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

/** The terms with the nearest known name in the place of each unknown one; null where for one of them nothing is near. */
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
