import type { Kysely } from 'kysely';
import {
  applyHours,
  applyWish,
  hasLocalTime,
  needsZone,
  saysHours,
  type Wished,
} from '../core/subscription/apply-wish.ts';
import { printHours } from '../core/subscription/print-subscription.ts';
import { inZone } from '../core/subscription/read-zone.ts';
import { withFilter } from '../core/subscription/same-filter.ts';
import type { WaitingSubscription } from '../core/subscription/subscribe-button.ts';
import type { ChannelHours, SubscriptionWish } from '../core/subscription/subscription.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readHoursSet } from '../store/subscription/channel-hours.ts';
import { readSubscriptionsOf, type StoredSubscription } from '../store/subscription/subscriptions.ts';

/** What would be saved for a channel, next to what it has now. */
export interface Proposal {
  readonly channel: string;
  /** The subscription that changes; null: a new one, or only the hours change. */
  readonly before: StoredSubscription | null;
  /** Null: only the hours change. */
  readonly wished: Wished | null;
  readonly hoursBefore: ChannelHours | null;
  /** Null: the hours stay as they are. */
  readonly hours: ChannelHours | null;
  /** Whether only hours were given for a channel without subscriptions, which then gets the default one. */
  readonly byHours: boolean;
  /** Whether the channel is closed to us, so that its notifications are kept for now. */
  readonly suspended: boolean;
}

/** What a line after `subscribe` would change in a channel. The asker's zone is only fetched if it matters. */
export async function proposeByLine(
  db: Kysely<Schema>,
  channel: string,
  line: SubscriptionWish,
  zoneOfAsker: () => Promise<string>,
): Promise<Proposal> {
  const { present, hoursBefore, suspended } = await readPresent(db, channel);
  const zone = needsZone(line, hoursBefore) ? await zoneOfAsker() : 'UTC';
  const wish = { ...line, terms: inZone(line.terms, zone) };
  const hours = saysHours(wish) ? applyHours(hoursBefore, wish, zone) : null;
  const common = { channel, hoursBefore, hours, suspended };
  if (wish.hoursOnly && present.length > 0) return { ...common, before: null, wished: null, byHours: false };
  const before = withFilter(present, wish.terms);
  return { ...common, before, wished: applyWish(before, wish), byHours: wish.hoursOnly };
}

export type WholeProposal =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  /** The subscription no longer exists, or belongs to another channel. */
  | { readonly kind: 'gone' }
  /** Another subscription of the channel already has this filter. */
  | { readonly kind: 'taken'; readonly by: StoredSubscription };

/** What a button or a form would change in a channel. Replaces the old subscription; the content is untrusted. */
export async function proposeWhole(
  db: Kysely<Schema>,
  channel: string,
  { id, wished, hours }: WaitingSubscription,
): Promise<WholeProposal> {
  const { present, hoursBefore, suspended } = await readPresent(db, channel);
  const same = withFilter(present, wished.terms);
  const before = id === null ? same : (present.find((one) => one.id === id) ?? null);
  if (id !== null && before === null) return { kind: 'gone' };
  if (same !== null && same.id !== before?.id) return { kind: 'taken', by: same };
  return {
    kind: 'proposal',
    proposal: { channel, before, wished, hoursBefore, hours, byHours: false, suspended },
  };
}

/** What a submitted form would change in a channel: it states everything. Unchanged hours are not announced. */
export async function proposeByForm(
  db: Kysely<Schema>,
  channel: string,
  id: string | null,
  wish: SubscriptionWish,
  zoneOfAsker: () => Promise<string>,
): Promise<WholeProposal> {
  const before = await readHoursSet(db, channel);
  const wantsHours = [wish.quiet, wish.digestAt].some((said) => said !== undefined && said !== 'off');
  const local = hasLocalTime(wish.terms) || (wantsHours && wish.zone === undefined && before === null);
  const zone = local ? await zoneOfAsker() : 'UTC';
  const hours = applyHours(before, wish, zone);
  const same = before === null ? !wantsHours : printHours(before) === printHours(hours);
  const wished = applyWish(null, { ...wish, terms: inZone(wish.terms, zone) });
  return await proposeWhole(db, channel, { id, wished, hours: same ? null : hours });
}

async function readPresent(db: Kysely<Schema>, channel: string) {
  const present = await readSubscriptionsOf(db, channel);
  const hoursBefore = await readHoursSet(db, channel);
  const suspended = present.some(({ suspendedReason }) => suspendedReason !== null);
  return { present, hoursBefore, suspended };
}
