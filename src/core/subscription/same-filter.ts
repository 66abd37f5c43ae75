import { isNameField, type Term, type ValueTerm } from '../filter/filter.ts';
import { fold } from '../filter/fold.ts';
import { printTerm } from '../filter/print-filter.ts';

/**
 * Whether two filters are the same: the order of terms and values does not matter, nor does the spelling of names
 * as far as `fold` ignores it.
 */
export function sameFilter(one: readonly Term[], other: readonly Term[]): boolean {
  return keyOf(one) === keyOf(other);
}

/** The one with this filter, such as a channel's subscription; null if there is none. */
export function withFilter<One extends { readonly terms: readonly Term[] }>(
  all: readonly One[],
  terms: readonly Term[],
): One | null {
  const key = keyOf(terms);
  return all.find((one) => keyOf(one.terms) === key) ?? null;
}

function keyOf(terms: readonly Term[]): string {
  const printed = terms.map((term) =>
    printTerm('values' in term ? { ...term, values: comparable(term) } : term),
  );
  return [...new Set(printed)].sort().join(' ');
}

function comparable({ field, values }: ValueTerm): readonly string[] {
  return [...new Set(isNameField(field) ? values.map(fold) : values)].sort();
}
