import type { Kysely } from 'kysely';
import { CHANGE_KINDS, type ChangeKind } from '../core/changes.ts';
import { parseTerms } from '../core/filter/parse-terms.ts';
import { printTerms } from '../core/filter/print-filter.ts';
import { DEFAULT_KINDS, type Subscription } from '../core/notices.ts';
import type { Instant } from '../core/task.ts';
import type { Schema } from './schema.ts';

/** All subscriptions, suspended ones included: what they want goes on being recorded, so that nothing is lost. */
export async function readSubscriptions(db: Kysely<Schema>): Promise<readonly Subscription[]> {
  const rows = await db.selectFrom('subscription').selectAll().orderBy('created_at').execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    terms: parseTerms(row.filter).terms,
    kinds: row.kinds.split(',').filter(isChangeKind),
  }));
}

/** Adds a subscription; one with the same channel and filter gets the new kinds instead. */
export async function saveSubscription(
  db: Kysely<Schema>,
  subscription: Subscription & { readonly createdBy: string | null; readonly createdAt: Instant },
): Promise<void> {
  const kinds = subscription.kinds.join(',');
  await db
    .insertInto('subscription')
    .values({
      id: subscription.id,
      channel: subscription.channel,
      filter: printTerms(subscription.terms),
      kinds,
      created_by: subscription.createdBy,
      created_at: subscription.createdAt,
      suspended_at: null,
      suspended_reason: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['channel', 'filter'])
        .doUpdateSet({ kinds, suspended_at: null, suspended_reason: null }),
    )
    .execute();
}

/**
 * Subscribes a channel to failures of all tasks at the first start that names it. Later starts leave it alone, so that
 * people may change or remove the subscription.
 */
export async function subscribeOnce(
  db: Kysely<Schema>,
  channel: string,
  { id, now }: { readonly id: string; readonly now: Instant },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const name = `subscribed:${channel}`;
    const done = await tx
      .selectFrom('watch_state')
      .select('name')
      .where('name', '=', name)
      .executeTakeFirst();
    if (done) return;
    await tx
      .insertInto('watch_state')
      .values({ name, value: String(now) })
      .execute();
    const subscription = { id, channel, terms: [], kinds: DEFAULT_KINDS, createdBy: null, createdAt: now };
    await saveSubscription(tx, subscription);
  });
}

/** Whether a channel's subscriptions have been suspended since that moment or longer. */
export async function isSuspendedSince(
  db: Kysely<Schema>,
  channel: string,
  moment: Instant,
): Promise<boolean> {
  const row = await db
    .selectFrom('subscription')
    .select('id')
    .where('channel', '=', channel)
    .where('suspended_at', '<=', moment)
    .executeTakeFirst();
  return row !== undefined;
}

/** Who subscribed a channel. The subscription made at the first start has no maker. */
export async function readMakers(db: Kysely<Schema>, channel: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('created_by')
    .distinct()
    .where('channel', '=', channel)
    .execute();
  return rows.flatMap(({ created_by }) => (created_by === null ? [] : [created_by]));
}

function isChangeKind(text: string): text is ChangeKind {
  return CHANGE_KINDS.some((kind) => kind === text);
}
