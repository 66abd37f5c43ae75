import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Schema } from './schema.ts';

/** As PostgreSQL calls it; SQLite takes the same words. */
export type ColumnType = 'text' | 'integer' | 'bigint';

/** The columns of rows that are given to a statement, and what each holds. */
export type GivenColumns<Name extends string> = Readonly<Record<Name, ColumnType>>;

/**
 * Rows as a table to select from, in one parameter of JSON: a placeholder for each value would make every statement a
 * new one, thousands of values long, and building those takes several times as long as running them. For some hundreds of
 * rows at a time (`inPortions`), since nobody else is heard while a statement runs.
 */
export function givenRows<Row extends object, Name extends keyof Row & string>(
  db: Kysely<Schema>,
  columns: GivenColumns<Name>,
  rows: readonly Row[],
): RawBuilder<Pick<Row, Name>> {
  // The columns have no other names than their type says.
  const types = Object.entries(columns) as [Name, ColumnType][];
  const json = jsonText(rows.map((row) => types.map(([name]) => row[name])));
  const fields = types.map(
    ([name, type], index) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)}) as ${sql.ref(name)}`,
  );
  const elements = isPostgres(db) ? sql`jsonb_array_elements(${json}::jsonb)` : sql`json_each(${json})`;
  return sql`(select ${sql.join(fields)} from ${elements} as element)`;
}

/** The same rows as what an insert inserts. */
export function givenToInsert<Row extends object, Name extends keyof Row & string>(
  db: Kysely<Schema>,
  columns: GivenColumns<Name>,
  rows: readonly Row[],
): RawBuilder<Pick<Row, Name>> {
  // Without a condition SQLite would take the `on` of a conflict for that of a join.
  return sql`select * from ${givenRows(db, columns, rows)} as given where true`;
}

/** A list of texts, such as ids, to be searched with `in`: one parameter as well. */
export function givenTexts(db: Kysely<Schema>, texts: readonly string[]): RawBuilder<string> {
  const json = jsonText(texts);
  return isPostgres(db)
    ? sql<string>`(select value from jsonb_array_elements_text(${json}::jsonb))`
    : sql<string>`(select value from json_each(${json}))`;
}

/** PostgreSQL takes no NUL and no half of a surrogate pair, which JSON writes like this. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

function jsonText(values: readonly unknown[]): string {
  const text = JSON.stringify(values);
  if (!UNSTORABLE.test(text)) return text;
  return JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
  );
}
