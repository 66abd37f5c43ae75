import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { isPostgres } from '../engine.ts';

/** Tables for what is to be posted, what was posted where, and why something was not. Part of 001-first.ts. */
export async function outbox(db: Kysely<unknown>): Promise<void> {
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
  await schema.createIndex('message_place').on('message').columns(['channel', 'ts']).execute();
  await schema
    .createTable('thread')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('thread_key', ['operation_id', 'channel'])
    .execute();
  await schema.createIndex('thread_message').on('thread').column('message_id').execute();
  await schema
    .createTable('notification')
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
    .addColumn('held', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('attempted_at', 'bigint')
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('waits_since', 'bigint')
    .addColumn('doubtful', 'integer', (column) => column.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('ts', 'text')
    .execute();
  await schema
    .createIndex('notification_message')
    .on('notification')
    .columns(['message_id', 'place'])
    .execute();
  await schema
    .createIndex('notification_task')
    .on('notification')
    .columns(['operation_id', 'channel'])
    .execute();
  await schema.createIndex('notification_noticed').on('notification').column('noticed_at').execute();
  await schema
    .createIndex('notification_state')
    .on('notification')
    .columns(['state', 'channel', 'sent_at'])
    .execute();
  await schema
    .createIndex('notification_doubtful')
    .on('notification')
    .column('state')
    .where(sql.ref('doubtful'), '=', sql.lit(1))
    .execute();
  // Serves the next notification of a channel (next-notification.ts).
  await sql`create index notification_turn on notification
    (channel, (case when attempts > 0 then 0 when place = 'reply' and broadcast = 0 then 2 else 1 end), seq)
    where state in ('pending', 'sending')`.execute(db);
  await schema
    .createTable('decision')
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('operation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('noticed_at', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('notification_id', 'text')
    .$call((table) => numbered(db, table))
    .execute();
  await schema
    .createIndex('decision_task')
    .on('decision')
    .columns(['operation_id', 'channel', 'noticed_at'])
    .execute();
  await schema.createIndex('decision_noticed').on('decision').column('noticed_at').execute();
  await schema.createIndex('decision_notification').on('decision').column('notification_id').execute();
}

/** SQLite numbers the rows of a table itself. The number orders rows that were written at the same time. */
export function numbered<Table extends string, Column extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<Table, Column>,
) {
  return isPostgres(db) ? table.addColumn('rowid', 'bigserial') : table;
}
