import { type FilterProblem, isNameField, type Term, type ValueTerm } from './filter.ts';
import { sameName } from './fold.ts';
import { printTerm } from './print-filter.ts';

/** Fields with exactly one value per task: different values joined by *and* can never match. */
const SINGLE = ['status', 'type', 'devicetype', 'model', 'manufacturer', 'task'];

/**
 * Finds pairs of positive terms on one single-valued field with no value in common; they match no task. `failed
 * running` usually means *or*, so the user sees how to write that instead of an empty list.
 */
export function findContradictions(terms: readonly Term[]): readonly FilterProblem[] {
  const problems: FilterProblem[] = [];
  const seen = new Map<string, ValueTerm>();
  for (const term of terms) {
    if (!('values' in term) || term.not || !SINGLE.includes(term.field)) continue;
    const earlier = seen.get(term.field);
    if (earlier && !haveOneInCommon(earlier, term)) {
      problems.push({
        word: `${printTerm(earlier)} ${printTerm(term)}`,
        message: 'no task can be both; a comma means *or*',
        suggestion: printTerm({ ...term, values: [...earlier.values, ...term.values] }),
      });
    }
    seen.set(term.field, term);
  }
  return problems;
}

function haveOneInCommon({ field, values }: ValueTerm, other: ValueTerm): boolean {
  const same = isNameField(field) ? sameName : Object.is;
  return values.some((value) => other.values.some((one) => same(value, one)));
}
