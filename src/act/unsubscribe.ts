import type { Kysely } from 'kysely';
import { isClosedBySharing } from '../core/access/channel-sharing.ts';
import type { ChangeKind } from '../core/change/changes.ts';
import { saysHours, type Wished } from '../core/subscription/apply-wish.ts';
import { inZone } from '../core/subscription/read-zone.ts';
import { withFilter } from '../core/subscription/same-filter.ts';
import type { SubscriptionWish } from '../core/subscription/subscription.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import { deleteHours } from '../store/subscription/channel-hours.ts';
import { forgetThreads } from '../store/subscription/sharing.ts';
import {
  changeSubscription,
  deleteSubscription,
  readSubscriptionsOf,
  type StoredSubscription,
} from '../store/subscription/subscriptions.ts';
import { withdrawWhereNobodyListens } from './subscribe.ts';

/** The result of `unsubscribe`. Only the first two kinds changed something. */
export type Unsubscribed =
  | {
      readonly kind: 'removed';
      readonly removed: readonly StoredSubscription[];
      /** Subscriptions left in the channel. */
      readonly left: number;
      /** Whether the channel's hours were removed with the last one. */
      readonly hoursToo: boolean;
      /** Whether its threads ended too, because other organisations can read the channel. */
      readonly threadsToo: boolean;
    }
  | {
      readonly kind: 'fewer-kinds';
      readonly taken: readonly ChangeKind[];
      readonly after: Wished;
    }
  /** None was named, and there are several. */
  | { readonly kind: 'which'; readonly present: readonly StoredSubscription[] }
  | { readonly kind: 'not-found'; readonly present: readonly StoredSubscription[] }
  /** The subscription exists, but does not post any of the named kinds. */
  | { readonly kind: 'kinds-not-told'; readonly named: readonly ChangeKind[]; readonly of: Wished }
  | { readonly kind: 'nothing-here' }
  /** Hours and mentions are changed with `subscribe`, not removed with `unsubscribe`. */
  | { readonly kind: 'subscribe-instead' };

/** What a line after `unsubscribe` asks for. */
export interface LessWished {
  readonly wish: SubscriptionWish | null;
  readonly all: boolean;
  /** The asker's time zone. */
  readonly zone: string;
}

/** Removes what a line names: a subscription, some of its kinds, or everything. */
export async function unsubscribe(
  db: Kysely<Schema>,
  channel: string,
  { wish, all, zone }: LessWished,
): Promise<Unsubscribed> {
  if (wish !== null && !isAboutTasks(wish)) return { kind: 'subscribe-instead' };
  return await inTransaction(db, async (tx) => {
    const present = await readSubscriptionsOf(tx, channel);
    const [first, ...others] = present;
    if (first === undefined) return { kind: 'nothing-here' };
    if (all) return await remove(tx, channel, present);
    const only = others.length === 0 ? first : null;
    if (wish === null) {
      return only === null ? { kind: 'which', present } : await remove(tx, channel, [only]);
    }
    const terms = inZone(wish.terms, zone);
    const named = withFilter(present, terms) ?? (terms.length === 0 ? only : null);
    if (named === null) return { kind: 'not-found', present };
    return await takeKinds(tx, channel, named, wish.kinds);
  });
}

/** Removes one subscription by its id; null if the channel does not have it. */
export async function removeSubscription(
  db: Kysely<Schema>,
  channel: string,
  id: string,
): Promise<Unsubscribed | null> {
  return await inTransaction(db, async (tx) => {
    const found = (await readSubscriptionsOf(tx, channel)).find((one) => one.id === id);
    return found === undefined ? null : await remove(tx, channel, [found]);
  });
}

/** Mentions and thresholds alone do not say what to remove; a filter or kinds must be given. */
function isAboutTasks(wish: SubscriptionWish): boolean {
  return !saysHours(wish) && (wish.terms.length > 0 || wish.kinds !== undefined);
}

async function takeKinds(
  db: Kysely<Schema>,
  channel: string,
  subscription: StoredSubscription,
  kinds: readonly ChangeKind[] | undefined,
): Promise<Unsubscribed> {
  if (kinds === undefined) return await remove(db, channel, [subscription]);
  const taken = subscription.kinds.filter((kind) => kinds.includes(kind));
  const left = subscription.kinds.filter((kind) => !kinds.includes(kind));
  if (taken.length === 0) return { kind: 'kinds-not-told', named: kinds, of: subscription };
  if (left.length === 0) return await remove(db, channel, [subscription]);
  const after = { ...subscription, kinds: left };
  await changeSubscription(db, channel, subscription.id, after);
  return { kind: 'fewer-kinds', taken, after };
}

/** A channel without subscriptions keeps no hours: its digest would still be posted, with nothing in it. */
async function remove(
  db: Kysely<Schema>,
  channel: string,
  removed: readonly StoredSubscription[],
): Promise<Unsubscribed> {
  const closed = isClosedBySharing(await readSubscriptionsOf(db, channel));
  for (const { id } of removed) await deleteSubscription(db, channel, id);
  const silent = await withdrawWhereNobodyListens(db, channel);
  // Threads outlive their subscription, but not in a closed channel: only that kept other organisations out.
  const threadsToo = silent && closed;
  if (threadsToo) await forgetThreads(db, channel);
  const hoursToo = silent && (await deleteHours(db, channel));
  const left = (await readSubscriptionsOf(db, channel)).length;
  return { kind: 'removed', removed, left, hoursToo, threadsToo };
}
