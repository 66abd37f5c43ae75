import { type Kysely, sql } from 'kysely';

/** What channels wish beyond a filter, what they did with a task, and why they were told what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('subscription')
    .addColumn('mentions', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema
    .alterTable('subscription')
    .addColumn('thresholds', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute();
  await schema.alterTable('notice').addColumn('held', 'text').execute();
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
  await schema
    .createTable('decision')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('noticed_at', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('notice_id', 'text')
    .execute();
  await schema
    .createIndex('decision_task')
    .on('decision')
    .columns(['operation_id', 'channel', 'noticed_at'])
    .execute();
  await schema.createIndex('decision_noticed').on('decision').column('noticed_at').execute();
  await schema.createIndex('decision_notice').on('decision').column('notice_id').execute();
  await schema.createIndex('notice_noticed').on('notice').column('noticed_at').execute();
  await schema.createIndex('message_place').on('message').columns(['channel', 'ts']).execute();
  await schema
    .createIndex('notice_doubtful')
    .on('notice')
    .column('state')
    .where(sql.ref('doubtful'), '=', sql.lit(1))
    .execute();
  // What older notices say of themselves, in today's words.
  await sql`update notice set content = replace(replace(content, '"away":true', '"cause":"away"'), '"away":false', '"cause":"storm"')
    where kind = 'summary'`.execute(db);
}
