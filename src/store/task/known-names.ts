import type { Kysely } from 'kysely';
import { isNameField, type NameField, type Term, type TextField } from '../../core/filter/filter.ts';
import { fold } from '../../core/filter/fold.ts';
import type { Task } from '../../core/task/task.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** Longest name remembered, in characters: the limit of filter values. A PostgreSQL index could not hold more. */
const LONGEST = 256;

/** Remembers the names in these tasks, in the platform's spelling. Known names stay as they are. */
export async function rememberNames(db: Kysely<Schema>, tasks: readonly Task[]): Promise<void> {
  const names = new Map(tasks.flatMap(namesOf).map((name) => [`${name.field} ${name.value}`, name]));
  for (const chunk of inChunks([...names.values()])) {
    await db
      .insertInto('known_name')
      .values(chunk)
      .onConflict((conflict) => conflict.columns(['field', 'value']).doNothing())
      .execute();
  }
}

function namesOf({ targets }: Task): readonly KnownName[] {
  const named = (field: NameField, value: string | null): readonly KnownName[] =>
    value === null || [...value].length > LONGEST ? [] : [{ field, value, folded: fold(value) }];
  return [
    ...named('devicetype', targets.deviceType),
    ...named('model', targets.model),
    ...named('manufacturer', targets.manufacturerName),
    ...targets.deviceGroups.flatMap((group) => named('group', group)),
  ];
}

interface KnownName {
  readonly field: NameField;
  readonly value: string;
  readonly folded: string;
}

/**
 * Expands each name in the terms to every spelling that a task has, so that exact comparison, in SQL or by
 * the platform, finds what the core's `matches` finds. Names that no task has stay as they are.
 */
export async function inKnownSpellings(db: Kysely<Schema>, terms: readonly Term[]): Promise<readonly Term[]> {
  const asked = terms.flatMap((term) => ('values' in term && isNameField(term.field) ? term.values : []));
  if (asked.length === 0) return terms;
  const known = await db
    .selectFrom('known_name')
    .select(['field', 'value', 'folded'])
    .where('folded', 'in', [...new Set(asked.map(fold))])
    .orderBy('value')
    .execute();
  return terms.map((term) => {
    if (!('values' in term) || !isNameField(term.field)) return term;
    const spellings = term.values.flatMap((value) => {
      const folded = fold(value);
      const same = known.filter((name) => name.field === term.field && name.folded === folded);
      return same.length === 0 ? [value] : same.map((name) => name.value);
    });
    return { ...term, values: [...new Set(spellings)] };
  });
}

/** The values of a field that no task has. */
export async function readUnknownValues(
  db: Kysely<Schema>,
  field: TextField,
  values: readonly string[],
): Promise<readonly string[]> {
  const known = new Set<string>();
  for (const chunk of inChunks(values)) {
    for (const value of await readKnown(db, field, chunk)) known.add(value);
  }
  return values.filter((value) => !known.has(isNameField(field) ? fold(value) : value));
}

async function readKnown(
  db: Kysely<Schema>,
  field: TextField,
  values: readonly string[],
): Promise<readonly string[]> {
  if (isNameField(field)) {
    const names = db.selectFrom('known_name').select('folded').where('field', '=', field);
    return (await names.where('folded', 'in', values.map(fold)).execute()).map(({ folded }) => folded);
  }
  if (field === 'task') {
    const tasks = db.selectFrom('task').select('operation_id').where('operation_id', 'in', values);
    return (await tasks.execute()).map((task) => task.operation_id);
  }
  // A device that tasks reached only through its group is not a typo, though it is not a target itself.
  const devices = db
    .selectFrom('task_target')
    .select('value')
    .where('kind', '=', 'device')
    .where('value', 'in', values)
    .union(db.selectFrom('device_result').select('device_id as value').where('device_id', 'in', values));
  return (await devices.execute()).map(({ value }) => value);
}

/** All known names of a field in the platform's spelling, unordered. */
export async function readKnownNames(db: Kysely<Schema>, field: NameField): Promise<readonly string[]> {
  const rows = await db.selectFrom('known_name').select('value').where('field', '=', field).execute();
  return rows.map(({ value }) => value);
}
