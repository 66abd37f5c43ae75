import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.ts';

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
