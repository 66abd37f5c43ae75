import type { Kysely } from 'kysely';

/** What tasks did to single devices, as far as it was read: the platform cannot be asked by device. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('device_result')
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('device_result_key', ['device_id', 'operation_id'])
    .execute();
  await schema
    .createIndex('device_result_task')
    .on('device_result')
    .columns(['operation_id', 'status', 'device_id'])
    .execute();
  await schema
    .createTable('device_reading')
    .addColumn('operation_id', 'text', (column) => column.primaryKey())
    .addColumn('failed_read_at', 'bigint')
    .addColumn('all_read_at', 'bigint')
    .execute();
}
