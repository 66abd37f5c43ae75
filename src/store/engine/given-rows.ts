import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Schema } from './schema.ts';

/** PostgreSQL's type names; SQLite accepts them too. */
export type ColumnType = 'text' | 'integer' | 'bigint';

/** The columns of rows passed to a statement, and their types. */
export type GivenColumns<Name extends string> = Readonly<Record<Name, ColumnType>>;

/**
 * Rows as a table to select from, in one JSON parameter. With a placeholder per value, every statement would
 * be new and take several times longer to build than to run. Pass a few hundred rows at a time
 * (`inPortions`), since a statement blocks everything else.
 */
export function givenRows<Row extends object, Name extends keyof Row & string>(
  db: Kysely<Schema>,
  columns: GivenColumns<Name>,
  rows: readonly Row[],
): RawBuilder<Pick<Row, Name>> {
  // By its type, `columns` has no other keys.
  const types = Object.entries(columns) as [Name, ColumnType][];
  const json = jsonText(rows.map((row) => types.map(([name]) => row[name])));
  const fields = types.map(
    ([name, type], index) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)}) as ${sql.ref(name)}`,
  );
  const elements = isPostgres(db) ? sql`jsonb_array_elements(${json}::jsonb)` : sql`json_each(${json})`;
  return sql`(select ${sql.join(fields)} from ${elements} as element)`;
}

/** The same rows as the source of an insert. */
export function givenToInsert<Row extends object, Name extends keyof Row & string>(
  db: Kysely<Schema>,
  columns: GivenColumns<Name>,
  rows: readonly Row[],
): RawBuilder<Pick<Row, Name>> {
  // Without a `where`, SQLite would parse the `on` of `on conflict` as a join condition.
  return sql`select * from ${givenRows(db, columns, rows)} as given where true`;
}

/** A list of texts, such as ids, for use with `in`. Also one parameter. */
export function givenTexts(db: Kysely<Schema>, texts: readonly string[]): RawBuilder<string> {
  const json = jsonText(texts);
  return isPostgres(db)
    ? sql<string>`(select value from jsonb_array_elements_text(${json}::jsonb))`
    : sql<string>`(select value from json_each(${json}))`;
}

/** PostgreSQL accepts neither NUL nor lone surrogates, which JSON escapes like this. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

function jsonText(values: readonly unknown[]): string {
  const text = JSON.stringify(values);
  if (!UNSTORABLE.test(text)) return text;
  return JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value,
  );
}
