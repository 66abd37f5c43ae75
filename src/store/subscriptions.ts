import type { Kysely } from 'kysely';
import { CHANGE_KINDS, type ChangeKind } from '../core/changes.ts';
import { parseTerms } from '../core/filter/parse-terms.ts';
import { printTerms } from '../core/filter/print-filter.ts';
import type { Subscription } from '../core/notices.ts';
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
