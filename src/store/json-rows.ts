import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isPostgres } from './engine.ts';
import type { Schema } from './schema.ts';

type ColumnType = 'bigint' | 'text';

/**
 * Rows that a statement can read like those of a table, sent as one value: a statement for any number of them that is
 * prepared once. `types` are PostgreSQL's; SQLite takes values as they are.
 */
export function jsonRows<Row extends object, Name extends string>(
  db: Kysely<Schema>,
  name: Name,
  rows: readonly Row[],
  types: Readonly<Record<keyof Row & string, ColumnType>>,
) {
  const json = JSON.stringify(rows);
  const columns = Object.entries<ColumnType>(types);
  const table: RawBuilder<Row> = isPostgres(db)
    ? sql<Row>`jsonb_to_recordset(${json}::jsonb)`
    : sql<Row>`(select ${sql.join(columns.map(([column]) => sql`value ->> ${sql.lit(column)} as ${sql.ref(column)}`))} from json_each(${json}))`;
  const alias = isPostgres(db)
    ? sql`${sql.ref(name)} (${sql.join(columns.map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`))})`
    : sql`${sql.ref(name)}`;
  return table.as<Name>(alias);
}
