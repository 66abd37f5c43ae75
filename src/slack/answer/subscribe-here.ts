import {
  closeWithoutConsent,
  reportIfBlind,
  resumeAfterPost,
  type Saved,
  saveProposal,
  takeBack,
  type Weighed,
  weigh,
} from '../../act/subscribe.ts';
import type { SubscriptionParts } from '../../ask/parts.ts';
import { type Proposal, proposeByLine } from '../../ask/propose.ts';
import type { Home } from '../../core/access/access.ts';
import { EXTERNALLY_SHARED } from '../../core/access/channel-sharing.ts';
import { nextDigestAt } from '../../core/notification/digest-due.ts';
import type { PreviewAnswer } from '../../core/notification/preview.ts';
import type { SubscriptionWish } from '../../core/subscription/subscription.ts';
import type { Message } from '../../render/blocks/message.ts';
import { savedAndPosted, subscribed } from '../../render/subscription/subscribed.ts';
import {
  cannotPost,
  NOT_OURS,
  savedClosed,
  savedUnposted,
} from '../../render/subscription/subscription-notes.ts';
import type { SlackParts } from '../app/parts.ts';
import type { Address } from '../out/post.ts';
import { announce } from './announce.ts';
import type { Answer, Asker } from './answer.ts';
import { questionBefore } from './question-before.ts';
import { examine, type ObjectionParts } from './subscribe-objection.ts';
import { zoneOf } from './zone-of.ts';

/** What subscribing a conversation needs. */
export type SubscribeParts = SubscriptionParts &
  ObjectionParts &
  Pick<SlackParts, 'workspaces' | 'posting' | 'wake'>;

/** Somebody who subscribes a conversation. */
export interface Subscriber extends Asker {
  readonly here: Address;
  readonly home: Home;
}

/** Handles a typed `subscribe`. The channel sees the saved subscription, the asker a preview. */
export async function subscribeHere(
  parts: SubscribeParts,
  wish: SubscriptionWish,
  asker: Subscriber,
): Promise<Answer> {
  const { channel } = asker.here;
  const propose = (line: SubscriptionWish) =>
    proposeByLine(parts.db, channel, line, () => zoneOf(asker, parts.log));
  const proposal = await propose(wish);
  const examined = await examine(parts, proposal, asker);
  if (examined.kind === 'objection') return { message: examined.message, audience: 'asker' };
  const weighed = await weigh(parts, proposal);
  const question = await questionBefore(parts, proposal, weighed, (terms) => propose({ ...wish, terms }));
  if (question !== null) return { message: question, audience: 'asker' };
  const outcome = await saveAndAnnounce(parts, proposal, weighed, { ...asker, shared: examined.shared });
  const message = outcome.kind === 'told' ? savedAndPosted(weighed.preview, outcome.id) : outcome.message;
  return { message, audience: 'asker' };
}

/** The outcome of saving. */
export type SaveOutcome =
  /**
   * Saved and posted. Carries the confirmation for users who cannot see the post, and the subscription's id.
   */
  | { readonly kind: 'told'; readonly confirmation: Message; readonly id: string | null }
  /** Not saved, or saved but not posted yet. Carries a message for the subscriber. */
  | { readonly kind: 'untold'; readonly message: Message };

/**
 * Saves before posting, so a lost confirmation costs no alert. If the channel turns out to be closed to us,
 * the save is undone; if that is unknown, it is kept. Nothing is posted to a channel that other organisations
 * read unless each of its subscriptions allows it.
 */
export async function saveAndAnnounce(
  parts: SubscribeParts,
  proposal: Proposal,
  weighed: Weighed,
  { userId, client, here, home, shared }: Subscriber & { readonly shared: boolean },
): Promise<SaveOutcome> {
  const { db, log, workspaces } = parts;
  if (!(await workspaces.owners.claim(here.channel, home))) return { kind: 'untold', message: NOT_OURS };
  const saved = await saveProposal(parts, proposal, userId);
  const fields = { channel: here.channel, user: userId, subscription: saved.id };
  const lacking = shared ? await closeWithoutConsent(parts, saved) : [];
  if (lacking.length > 0) {
    log.info({ ...fields, outcome: 'closed', reason: EXTERNALLY_SHARED }, 'subscribed');
    return { kind: 'untold', message: savedClosed(lacking) };
  }
  const told = await announce(parts, client, here, confirmation(parts, saved, null));
  if (told.kind === 'closed') {
    await takeBack(db, saved);
    log.warn({ ...fields, outcome: 'taken-back', reason: told.reason }, 'not subscribed');
    return { kind: 'untold', message: cannotPost(told.reason) };
  }
  if (told.kind === 'unknown') {
    log.warn({ ...fields, outcome: 'untold', reason: 'no-answer' }, 'subscribed');
    return { kind: 'untold', message: savedUnposted('unknown') };
  }
  log.info({ ...fields, outcome: told.kind === 'posted' ? 'told' : 'told-later' }, 'subscribed');
  // While Slack takes no posts, we cannot know whether the channel is open; the delivery will find out.
  await resumeAfterPost(db, saved);
  await reportIfBlind(parts);
  // Changed hours may have released notifications that were held back.
  parts.wake();
  if (told.kind === 'later') return { kind: 'untold', message: savedUnposted('later') };
  return { kind: 'told', confirmation: confirmation(parts, saved, weighed.preview), id: saved.id };
}

function confirmation(
  { now }: Pick<SlackParts, 'now'>,
  { proposal }: Saved,
  preview: PreviewAnswer | null,
): Message {
  const { wished, before, hours, byHours, suspended } = proposal;
  return subscribed({
    wished,
    before,
    hours,
    digestAt: hours === null ? null : nextDigestAt(hours, now()),
    byHours,
    preview,
    resumed: suspended,
  });
}
