import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../engine.ts';

/** Mirror, history, subscriptions, outbox and budget. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('task')
    .addColumn('operation_id', 'text', (column) => column.primaryKey())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('create_time', 'bigint')
    .addColumn('start_time', 'bigint')
    .addColumn('stop_time', 'bigint')
    .addColumn('device_type', 'text')
    .addColumn('model', 'text')
    .addColumn('manufacturer_name', 'text')
    .addColumn('total', 'bigint')
    .addColumn('failed_devices', 'bigint')
    .addColumn('first_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('moved_at', 'bigint', (column) => column.notNull())
    .addColumn('alarms', 'text', (column) => column.notNull())
    .addColumn('vanished_at', 'bigint')
    .execute();
  await schema
    .createTable('task_body')
    .addColumn('operation_id', 'text', (column) => column.primaryKey())
    .addColumn('task', 'text', (column) => column.notNull())
    .execute();
  // The same expressions as the mirror's orders: a missing time or number sorts as zero in both engines.
  await sql`create index task_newest on task (coalesce(create_time, 0) desc, operation_id)
    where vanished_at is null`.execute(db);
  await sql`create index task_status_newest on task (status, coalesce(create_time, 0) desc, operation_id)
    where vanished_at is null`.execute(db);
  await sql`create index task_most_failed on task
    (coalesce(failed_devices, 0) desc, coalesce(create_time, 0) desc, operation_id)
    where vanished_at is null`.execute(db);
  await schema
    .createIndex('task_active')
    .on('task')
    .column('operation_id')
    .where(sql.ref('active'), '=', sql.lit(1))
    .execute();
  await schema
    .createTable('task_target')
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('task_target_key', ['value', 'kind', 'operation_id'])
    .execute();
  await schema.createIndex('task_target_task').on('task_target').column('operation_id').execute();
  await schema
    .createTable('sight')
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('tally', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('sight_task').on('sight').columns(['operation_id', 'at']).execute();
  await schema
    .createTable('change')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('noticed_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('change_task').on('change').columns(['operation_id', 'noticed_at']).execute();
  await schema.createIndex('change_noticed').on('change').columns(['noticed_at']).execute();
  await schema
    .createTable('subscription')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('kinds', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('suspended_at', 'bigint')
    .addColumn('suspended_reason', 'text')
    .addUniqueConstraint('subscription_once', ['channel', 'filter'])
    .execute();
  await outbox(db);
  await schema
    .createTable('watch_state')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('platform_call')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('priority', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('platform_call_at').on('platform_call').column('at').execute();
}

async function outbox(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('message')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('ts', 'text')
    .addColumn('shown', 'text')
    .addColumn('wanted_version', 'integer', (column) => column.notNull())
    .addColumn('shown_version', 'integer', (column) => column.notNull())
    .addColumn('edited_at', 'bigint')
    .execute();
  await schema
    .createIndex('message_edit_due')
    .on('message')
    .columns(['channel', 'edited_at'])
    .where(sql.ref('wanted_version'), '>', sql.ref('shown_version'))
    .execute();
  await schema
    .createTable('thread')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('thread_key', ['operation_id', 'channel'])
    .execute();
  await schema.createIndex('thread_message').on('thread').column('message_id').execute();
  await schema
    .createTable('notice')
    .$call((table) =>
      isPostgres(db)
        ? table.addColumn('seq', 'bigserial', (column) => column.primaryKey())
        : table.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement()),
    )
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text')
    .addColumn('message_id', 'text')
    .addColumn('broadcast', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('happened_at', 'bigint', (column) => column.notNull())
    .addColumn('noticed_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('attempted_at', 'bigint')
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('doubtful', 'integer', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('ts', 'text')
    .execute();
  await schema.createIndex('notice_open').on('notice').columns(['state', 'channel', 'seq']).execute();
  await schema.createIndex('notice_message').on('notice').columns(['message_id', 'place']).execute();
  await schema.createIndex('notice_task').on('notice').columns(['operation_id', 'channel']).execute();
}
