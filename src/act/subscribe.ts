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

/** What a proposal would have told, and whether somebody has to say yes to it first. */
export interface Weighed {
  /** Null: nothing changes in what is told. */
  readonly preview: PreviewAnswer | null;
  readonly loud: boolean;
}

/** Reckons what a proposal would have told. Loud is only what tells something else than before. */
export async function weigh(
  parts: Pick<SubscriptionParts, 'db' | 'now' | 'thresholds' | 'turn'>,
  { before, wished }: Proposal,
): Promise<Weighed> {
  if (wished === null) return { preview: null, loud: false };
  const preview = await askPreview(parts, wished);
  const asBefore = before !== null && whatIsTold(before) === whatIsTold(wished);
  return { preview, loud: !asBefore && isLoud(preview) };
}

/** What a subscription tells, whoever is called and may read it. */
function whatIsTold({ terms, kinds, thresholds }: Wished): string {
  return printSubscription({ terms, kinds, thresholds, mentions: [] });
}

/** A proposal that was saved, and what it takes to undo that. */
export interface Saved {
  readonly proposal: Proposal;
  /** The subscription's id; null where only hours were saved. */
  readonly id: string | null;
  /** What stood in its place; null: it is new. */
  readonly before: StoredSubscription | null;
  readonly digestDayBefore: string | null;
}

/** Saves a proposal. What its thresholds of its own call an alarm already is not told any more: it is the past. */
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
    // Looked for anew: somebody may have removed it meanwhile, or made one with the same filter.
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

/** Undoes a saving: everything is as it was before it. */
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

/** Gives up what a channel without subscriptions was not told yet. */
export async function withdrawWhereNobodyListens(db: Kysely<Schema>, channel: string): Promise<boolean> {
  if ((await readSubscriptionsOf(db, channel)).length > 0) return false;
  await withdrawNotifications(db, channel);
  return true;
}

/**
 * Closes a channel that other organisations read where a subscription does not allow it; those come back, and none where
 * the channel may be told.
 */
export async function closeWithoutConsent(
  { db, now }: Pick<SubscriptionParts, 'db' | 'now'>,
  { proposal: { channel } }: Saved,
): Promise<readonly StoredSubscription[]> {
  const lacking = withoutConsent(await readSubscriptionsOf(db, channel));
  if (lacking.length > 0) await settleSharing(db, channel, true, now());
  return lacking;
}

/** Tells a channel that was just subscribed that the platform cannot be read, where that is so. */
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

/** Opens a channel that was closed to us, once a post there succeeded. What was kept for it is told next. */
export async function resumeAfterPost(db: Kysely<Schema>, { proposal }: Saved): Promise<boolean> {
  if (!proposal.suspended) return false;
  await resumeChannel(db, proposal.channel);
  return true;
}
