import { isNameField, type Term, type ValueTerm } from '../filter/filter.ts';
import { fold } from '../filter/fold.ts';
import { printTerm } from '../filter/print-filter.ts';

/** Whether two filters let the same through for the same reasons: neither the order of terms nor that of
 * values counts, nor how a name is spelt. */
export function sameFilter(one: readonly Term[], other: readonly Term[]): boolean {
  return keyOf(one) === keyOf(other);
}

/** The one of many that has a filter, such as a subscription of a channel; null: none of them has it. */
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
