import type { Kysely } from 'kysely';
import { isNameField, type NameField, type Term, type TextField } from '../../core/filter/filter.ts';
import { fold } from '../../core/filter/fold.ts';
import type { Task } from '../../core/task/task.ts';
import { inChunks } from '../engine/chunks.ts';
import type { Schema } from '../engine/schema.ts';

/** No filter holds a longer value, and an index of PostgreSQL's could not. */
const LONGEST = 256;

/** Remembers the names these tasks carry, each in the platform's spelling. Names that are known already stay as they are. */
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
 * The terms with each name in every spelling that some task carries: what has to be compared sign by sign, in SQL or by the
 * platform, finds with them what `matches` of the core finds. A name that no task carries stays as it is.
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

/** Those of these values of a field that no task carries. */
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
  // A device that a task reached through its group is no slip, though only its own tasks carry it.
  const devices = db
    .selectFrom('task_target')
    .select('value')
    .where('kind', '=', 'device')
    .where('value', 'in', values)
    .union(db.selectFrom('device_result').select('device_id as value').where('device_id', 'in', values));
  return (await devices.execute()).map(({ value }) => value);
}

/** Every known name of one field in the platform's spelling, in no particular order. */
export async function readKnownNames(db: Kysely<Schema>, field: NameField): Promise<readonly string[]> {
  const rows = await db.selectFrom('known_name').select('value').where('field', '=', field).execute();
  return rows.map(({ value }) => value);
}
