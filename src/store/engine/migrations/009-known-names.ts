import { type Kysely, sql } from 'kysely';
import { fold } from '../../../core/filter/fold.ts';
import { inChunks } from '../chunks.ts';

/** The names that tasks carry (models, groups and the like), to be found however they are typed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('known_name')
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('folded', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('known_name_key', ['field', 'value'])
    .execute();
  const { rows } = await sql<{ field: string; value: string }>`
    select distinct 'devicetype' as field, device_type as value from task where length(device_type) <= 256
    union all select distinct 'model', model from task where length(model) <= 256
    union all select distinct 'manufacturer', manufacturer_name from task where length(manufacturer_name) <= 256
    union all select distinct 'group', value from task_target where kind = 'group' and length(value) <= 256
  `.execute(db);
  for (const chunk of inChunks(rows)) {
    const names = chunk.map(({ field, value }) => sql`(${field}, ${value}, ${fold(value)})`);
    await sql`insert into known_name (field, value, folded) values ${sql.join(names)}`.execute(db);
  }
}
