import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../engine.ts';
import { numbered, outbox } from './outbox.ts';

/** Every table and index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tasks(db);
  await devices(db);
  await histories(db);
  await channels(db);
  await outbox(db);
  await watching(db);
  await workspaces(db);
}

/** Ids and names sort by bytes. SQLite does so anyway; a PostgreSQL database may use a language's order. */
function bytes(db: Kysely<unknown>) {
  return isPostgres(db) ? sql`text collate "C"` : 'text';
}

async function tasks(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('task')
    .addColumn('operation_id', bytes(db), (column) => column.primaryKey())
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
    .addColumn('waiting', 'bigint')
    .addColumn('running', 'bigint')
    .addColumn('succeeded', 'bigint')
    .addColumn('failed', 'bigint')
    .addColumn('stopped', 'bigint')
    .addColumn('timed_out', 'bigint')
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
  // The same expressions as the mirror's sort orders: a missing time or number sorts as zero in both engines.
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
    .createTable('known_name')
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('folded', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('known_name_key', ['field', 'value'])
    .execute();
}

async function devices(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('device_result')
    .addColumn('device_id', bytes(db), (column) => column.notNull())
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

async function histories(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  // Read and thinned as a whole, so a task's snapshots are stored in time order, and its id only once.
  await schema
    .createTable('snapshot')
    .addColumn('operation_id', bytes(db), (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('tally', 'text', (column) => column.notNull())
    .addColumn('stood', 'bigint')
    .addPrimaryKeyConstraint('snapshot_key', ['operation_id', 'at'])
    .$call((table) => (isPostgres(db) ? table : table.modifyEnd(sql`without rowid`)))
    .execute();
  await schema
    .createTable('change')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('noticed_at', 'bigint', (column) => column.notNull())
    .$call((table) => numbered(db, table))
    .execute();
  await schema.createIndex('change_task').on('change').columns(['operation_id', 'noticed_at']).execute();
  await schema.createIndex('change_noticed').on('change').columns(['noticed_at']).execute();
}

async function channels(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('subscription')
    .addColumn('id', bytes(db), (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('kinds', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('suspended_at', 'bigint')
    .addColumn('suspended_reason', 'text')
    .addColumn('mentions', 'text', (column) => column.notNull())
    .addColumn('thresholds', 'text', (column) => column.notNull())
    .addColumn('external', 'integer', (column) => column.notNull())
    .addUniqueConstraint('subscription_once', ['channel', 'filter'])
    .execute();
  await schema
    .createTable('channel_hours')
    .addColumn('channel', 'text', (column) => column.primaryKey())
    .addColumn('quiet_from', 'integer')
    .addColumn('quiet_until', 'integer')
    .addColumn('digest_at', 'integer')
    .addColumn('zone', 'text', (column) => column.notNull())
    .addColumn('digest_day', 'text')
    .execute();
  await schema
    .createTable('mute')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint')
    .addColumn('muted_by', 'text', (column) => column.notNull())
    .addColumn('muted_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('mute_key', ['operation_id', 'channel'])
    .execute();
  await schema
    .createTable('acknowledgement')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('acknowledged_by', 'text', (column) => column.notNull())
    .addColumn('acknowledged_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('acknowledgement_key', ['operation_id', 'channel'])
    .execute();
}

async function watching({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('watch_state')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('platform_call')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('priority', 'text', (column) => column.notNull())
    .addColumn('person', 'text')
    .execute();
  await schema.createIndex('platform_call_at').on('platform_call').column('at').execute();
  await schema
    .createTable('lease')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
}

async function workspaces({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('installation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('installed_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('channel_team')
    .addColumn('channel', 'text', (column) => column.primaryKey())
    .addColumn('team', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('channel_team_team').on('channel_team').column('team').execute();
  await schema
    .createTable('seen_event')
    .addColumn('event_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('seen_event_at').on('seen_event').column('at').execute();
}
