import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

export interface Backlog {
  /** Since when the oldest notice waits that nothing holds back; null where none waits. */
  readonly waitingSince: Instant | null;
  /** Notices kept back: by `quiet` hours, while `muted`, or since their channel is closed (`suspended`). */
  readonly held: ReadonlyMap<string, number>;
}

/** What of the outbox is late, and what is kept back on purpose. */
export async function readBacklog(db: Kysely<Schema>): Promise<Backlog> {
  const oldest = await db
    .selectFrom('notice')
    // What was held back began to wait when that ended, which is when it became due.
    .select(
      sql<number | string | null>`min(case when held is null then noticed_at else due_at end)`.as('since'),
    )
    .where('state', 'in', ['pending', 'sending'])
    .executeTakeFirst();
  const rows = await db
    .selectFrom('notice')
    .select(({ fn }) => ['state', 'held', fn.countAll<number | string>().as('notices')])
    .where('state', 'in', ['held', 'suspended'])
    .groupBy(['state', 'held'])
    .execute();
  const held = new Map([
    ['quiet', 0],
    ['muted', 0],
    ['suspended', 0],
  ]);
  for (const { state, held: because, notices } of rows) {
    const reason = state === 'suspended' ? 'suspended' : (because ?? 'quiet');
    held.set(reason, (held.get(reason) ?? 0) + Number(notices));
  }
  const since = oldest?.since ?? null;
  return { waitingSince: since === null ? null : Number(since), held };
}
