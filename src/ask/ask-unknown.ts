import type { Kysely } from 'kysely';
import { isNameField, type Term, type TextField, type ValueTerm } from '../core/filter/filter.ts';
import { MOST_COMPARED, type UnknownValue, unknownName } from '../core/filter/unknown-value.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { readKnownNames, readUnknownValues } from '../store/task/known-names.ts';

/** The filter values that no task has. Empty until all tasks were read once: before that, all look unknown. */
export async function askUnknown(
  db: Kysely<Schema>,
  terms: readonly Term[],
): Promise<readonly UnknownValue[]> {
  if ((await readWatchState(db)).baselineAt === null) return [];
  const unknown: UnknownValue[] = [];
  for (const { field, values } of terms.filter(isText)) {
    const names = await readUnknownValues(db, field, values);
    const compared = isNameField(field) && names.length > 0 && unknown.length < MOST_COMPARED;
    const all = compared ? await readKnownNames(db, field) : [];
    for (const value of names)
      unknown.push(unknownName(field, value, unknown.length < MOST_COMPARED ? all : []));
  }
  return unknown;
}

function isText(term: Term): term is ValueTerm & { readonly field: TextField } {
  return 'values' in term && term.field !== 'status' && term.field !== 'type';
}
