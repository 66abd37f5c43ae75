import type { Kysely } from 'kysely';
import { askPreview } from '../ask/ask-preview.ts';
import type { SubscriptionParts } from '../ask/parts.ts';
import type { Proposal } from '../ask/propose.ts';
import { withoutConsent } from '../core/access/channel-sharing.ts';
import { digestDayFor } from '../core/notification/digest-due.ts';
import { isLoud, type PreviewAnswer } from '../core/notification/preview.ts';
import type { Trouble } from '../core/question/answer.ts';
import type { Wished } from '../core/subscription/apply-wish.ts';
import { printSubscription } from '../core/subscription/print-subscription.ts';
import { withFilter } from '../core/subscription/same-filter.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import { writeBlindNotifications } from '../store/notification/blind-notifications.ts';
import { readLastTrouble } from '../store/platform/watch-state.ts';
import { deleteHours, readDigestDay, writeHours } from '../store/subscription/channel-hours.ts';
import { settleSharing } from '../store/subscription/sharing.ts';
import {
  changeSubscription,
  deleteSubscription,
  readSubscriptions,
  readSubscriptionsOf,
  type StoredSubscription,
  saveSubscription,
  withdrawNotifications,
} from '../store/subscription/subscriptions.ts';
import { resumeChannel } from '../store/subscription/suspension.ts';
import { newRules, settlePast } from './own-rules-past.ts';

/** What a proposal would have posted, and whether it needs confirmation first. */
export interface Weighed {
  /** Null: the posts about tasks do not change. */
  readonly preview: PreviewAnswer | null;
  readonly loud: boolean;
}

/** Previews a proposal. It can only be loud if it changes what is posted. */
export async function weigh(
  parts: Pick<SubscriptionParts, 'db' | 'now' | 'thresholds' | 'turn'>,
  { before, wished }: Proposal,
): Promise<Weighed> {
  if (wished === null) return { preview: null, loud: false };
  const preview = await askPreview(parts, wished);
  const asBefore = before !== null && whatIsTold(before) === whatIsTold(wished);
  return { preview, loud: !asBefore && isLoud(preview) };
}

/** The part of a subscription that decides what is posted: not its mentions, nor its consent to sharing. */
function whatIsTold({ terms, kinds, thresholds }: Wished): string {
  return printSubscription({ terms, kinds, thresholds, mentions: [] });
}

/** A saved proposal and what it takes to undo it. */
export interface Saved {
  readonly proposal: Proposal;
  /** The subscription's id; null if only hours were saved. */
  readonly id: string | null;
  /** The subscription it replaced; null: it is new. */
  readonly before: StoredSubscription | null;
  readonly digestDayBefore: string | null;
}

/** Saves a proposal. Tasks already past its own thresholds cause no notification; only later ones do. */
export async function saveProposal(
  { db, now, newId, thresholds }: Pick<SubscriptionParts, 'db' | 'now' | 'newId' | 'thresholds'>,
  proposal: Proposal,
  userId: string,
): Promise<Saved> {
  const { channel, wished, hours, hoursBefore } = proposal;
  return await inTransaction(db, async (tx) => {
    const digestDayBefore = await readDigestDay(tx, channel);
    if (hours !== null) {
      const told = hoursBefore === null ? null : { hours: hoursBefore, day: digestDayBefore };
      await writeHours(tx, channel, hours, digestDayFor(hours, told, now()));
    }
    if (wished === null) return { proposal, id: null, before: null, digestDayBefore };
    const rules = newRules(wished, await readSubscriptions(tx), thresholds);
    // Read again: it may have been removed in the meantime, or another one saved with the same filter.
    const present = await readSubscriptionsOf(tx, channel);
    const same = present.find(({ id }) => id === proposal.before?.id);
    const before = same ?? withFilter(present, wished.terms);
    const id = before?.id ?? newId();
    if (before !== null) await changeSubscription(tx, channel, id, wished);
    else await saveSubscription(tx, { ...wished, id, channel, createdBy: userId, createdAt: now() });
    await settlePast(tx, rules, { now: now(), thresholds });
    return { proposal, id, before, digestDayBefore };
  });
}

/** Undoes a save and restores the previous state. */
export async function takeBack(db: Kysely<Schema>, saved: Saved): Promise<void> {
  const { channel, hours, hoursBefore } = saved.proposal;
  const { before } = saved;
  await inTransaction(db, async (tx) => {
    if (before !== null) await changeSubscription(tx, channel, before.id, before);
    else if (saved.id !== null) await deleteSubscription(tx, channel, saved.id);
    if (hours !== null && hoursBefore !== null)
      await writeHours(tx, channel, hoursBefore, saved.digestDayBefore);
    else if (hours !== null) await deleteHours(tx, channel);
    await withdrawWhereNobodyListens(tx, channel);
  });
}

/** Withdraws waiting notifications if the channel has no subscriptions left; returns whether that is so. */
export async function withdrawWhereNobodyListens(db: Kysely<Schema>, channel: string): Promise<boolean> {
  if ((await readSubscriptionsOf(db, channel)).length > 0) return false;
  await withdrawNotifications(db, channel);
  return true;
}

/**
 * Closes a channel that other organisations can read if some of its subscriptions do not allow that. Returns those
 * subscriptions; empty if posting is allowed.
 */
export async function closeWithoutConsent(
  { db, now }: Pick<SubscriptionParts, 'db' | 'now'>,
  { proposal: { channel } }: Saved,
): Promise<readonly StoredSubscription[]> {
  const lacking = withoutConsent(await readSubscriptionsOf(db, channel));
  if (lacking.length > 0) await settleSharing(db, channel, true, now());
  return lacking;
}

/** Queues a notification for a newly subscribed channel if the platform cannot be read. */
export async function reportIfBlind({
  db,
  now,
  newId,
}: Pick<SubscriptionParts, 'db' | 'now' | 'newId'>): Promise<void> {
  await inTransaction(db, async (tx) => {
    const trouble = (await readLastTrouble(tx)) ?? UNKNOWN_TROUBLE;
    await writeBlindNotifications(tx, { trouble, now: now(), newId });
  });
}

const UNKNOWN_TROUBLE: Trouble = {
  message: 'The last looks at it failed.',
  advice: '`/upgrades health` says more.',
};

/** Opens a closed channel after a post there succeeded. The notifications kept for it are posted next. */
export async function resumeAfterPost(db: Kysely<Schema>, { proposal }: Saved): Promise<boolean> {
  if (!proposal.suspended) return false;
  await resumeChannel(db, proposal.channel);
  return true;
}
