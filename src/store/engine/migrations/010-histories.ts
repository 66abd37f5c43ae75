import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../engine.ts';

const COUNTERS = ['total', 'wait', 'processing', 'success', 'fail', 'stop', 'timeout'] as const;

/**
 * The history of a task lies together, in the order of time: it is read and thinned as a whole, and its id need not be kept
 * twice. Its counters are kept in few signs, and with each line how long the task had stood still before, which can no longer
 * be reckoned once lines between are gone.
 */
export async function up<Tables>(db: Kysely<Tables>): Promise<void> {
  const postgres = isPostgres(db);
  await db.schema
    .createTable('history')
    .addColumn('operation_id', postgres ? sql`text collate "C"` : 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('tally', 'text', (column) => column.notNull())
    .addColumn('stood', 'bigint')
    .addPrimaryKeyConstraint('sight_key', ['operation_id', 'at'])
    .$call((table) => (postgres ? table : table.modifyEnd(sql`without rowid`)))
    .execute();
  const json = postgres ? sql`tally::json` : sql`tally`;
  const counters = COUNTERS.map((counter) => sql`coalesce(${json} ->> ${sql.lit(counter)}, '')`);
  // Of lines of the same moment one stays.
  await sql`
    insert into history select operation_id, at, status, tally, at - lag(at) over (partition by operation_id order by at)
    from (
      select operation_id, at, status, ${sql.join(counters, sql` || ',' || `)} as tally,
        row_number() over (partition by operation_id, at order by at) as nth
      from sight
    ) as counted where nth = 1`.execute(db);
  await db.schema.dropTable('sight').execute();
  await db.schema.alterTable('history').renameTo('sight').execute();
}
