import { type Kysely, sql } from 'kysely';

/** Who goes next in a channel, and when it was posted to last, each read off an index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index notice_turn on notice
    (channel, (case when attempts > 0 then 0 when place = 'reply' and broadcast = 0 then 2 else 1 end), seq)
    where state in ('pending', 'sending')`.execute(db);
  await db.schema.dropIndex('notice_open').execute();
  await db.schema.createIndex('notice_state').on('notice').columns(['state', 'channel', 'sent_at']).execute();
}
