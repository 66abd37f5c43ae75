import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

export interface NotificationCounts {
  readonly waiting: number;
  /** Sent, but the response was lost. Its outcome is still being checked in Slack. */
  readonly undecided: number;
  /** Kept for a closed channel, or refused by Slack in every form. */
  readonly suspended: number;
  /** Held by quiet hours or a mute. */
  readonly held: number;
  /** Possibly posted twice: the first attempt could not be verified. */
  readonly repeated: number;
}

/** Counts unsettled notifications by reason, and sent ones that may have been posted twice. */
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
  /** When the oldest notification that is not held back started waiting; null if none is waiting. */
  readonly waitingSince: Instant | null;
  /** Notifications held back, by reason: `quiet` hours, a `muted` task, or a closed channel (`suspended`). */
  readonly held: ReadonlyMap<string, number>;
}

/** How far the outbox is behind, and what is held back on purpose. */
export async function readBacklog(db: Kysely<Schema>): Promise<Backlog> {
  const oldest = await db
    .selectFrom('notification')
    // A notification that was held back started waiting when the hold ended, which is when it became due.
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

/** Counts subscriptions: `active`, or `suspended` because their channel is closed. */
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
