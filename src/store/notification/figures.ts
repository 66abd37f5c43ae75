import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

export interface NotificationCounts {
  readonly waiting: number;
  /** Sent, but its answer was lost and is still being looked for. */
  readonly undecided: number;
  /** Kept for a closed channel, or refused by Slack in every form. */
  readonly suspended: number;
  /** Held by quiet hours or a mute. */
  readonly held: number;
  /** Posted a second time, perhaps: nobody could tell whether they had arrived. */
  readonly repeated: number;
}

/** How many notifications are not settled, by why. */
export async function countNotifications(db: Kysely<Schema>): Promise<NotificationCounts> {
  const rows = await db
    .selectFrom('notification')
    .select(({ fn }) => ['state', fn.countAll<number | string>().as('notifications')])
    .where('state', 'in', ['pending', 'sending', 'suspended', 'refused', 'held'])
    .groupBy('state')
    .execute();
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.notifications ?? 0);
  const doubtful = await db
    .selectFrom('notification')
    .select(({ fn }) => fn.countAll<number | string>().as('notifications'))
    .where('doubtful', '=', 1)
    .where('state', '=', 'sent')
    .executeTakeFirst();
  return {
    waiting: of('pending'),
    undecided: of('sending'),
    suspended: of('suspended') + of('refused'),
    held: of('held'),
    repeated: Number(doubtful?.notifications ?? 0),
  };
}

export interface Backlog {
  /** Since when the oldest notification waits that nothing holds back; null where none waits. */
  readonly waitingSince: Instant | null;
  /** Notifications kept back: by `quiet` hours, while `muted`, or since their channel is closed (`suspended`). */
  readonly held: ReadonlyMap<string, number>;
}

/** What of the outbox is late, and what is kept back on purpose. */
export async function readBacklog(db: Kysely<Schema>): Promise<Backlog> {
  const oldest = await db
    .selectFrom('notification')
    // What was held back began to wait when that ended, which is when it became due.
    .select(
      sql<number | string | null>`min(case when held is null then noticed_at else due_at end)`.as('since'),
    )
    .where('state', 'in', ['pending', 'sending'])
    .executeTakeFirst();
  const rows = await db
    .selectFrom('notification')
    .select(({ fn }) => ['state', 'held', fn.countAll<number | string>().as('notifications')])
    .where('state', 'in', ['held', 'suspended'])
    .groupBy(['state', 'held'])
    .execute();
  const held = new Map([
    ['quiet', 0],
    ['muted', 0],
    ['suspended', 0],
  ]);
  for (const { state, held: because, notifications } of rows) {
    const reason = state === 'suspended' ? 'suspended' : (because ?? 'quiet');
    held.set(reason, (held.get(reason) ?? 0) + Number(notifications));
  }
  const since = oldest?.since ?? null;
  return { waitingSince: since === null ? null : Number(since), held };
}

/** How many subscriptions are told (`active`), and how many cannot be since their channel is closed (`suspended`). */
export async function countSubscriptions(db: Kysely<Schema>): Promise<ReadonlyMap<string, number>> {
  const row = await db
    .selectFrom('subscription')
    .select(({ fn }) => [
      fn.countAll<number | string>().as('subscriptions'),
      fn.count<number | string>('suspended_at').as('suspended'),
    ])
    .executeTakeFirstOrThrow();
  const suspended = Number(row.suspended);
  return new Map([
    ['active', Number(row.subscriptions) - suspended],
    ['suspended', suspended],
  ]);
}
