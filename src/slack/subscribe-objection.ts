import type { Proposal } from '../ask/propose.ts';
import { maySubscribe } from '../core/access.ts';
import { isClosedBySharing } from '../core/channel-sharing.ts';
import { notSubscribable } from '../render/access-refusal.ts';
import type { Message } from '../render/message.ts';
import { note, readByOthers } from '../render/subscription-notes.ts';
import { readSubscriptionsOf } from '../store/subscriptions.ts';
import type { SlackParts } from './parts.ts';
import type { Subscriber } from './subscribe-here.ts';

/** Whether a subscription may be saved for a channel, and whether other organisations read that channel. */
export type Examined =
  | { readonly kind: 'objection'; readonly message: Message }
  | { readonly kind: 'fine'; readonly shared: boolean };

/**
 * Objects to channels the settings leave out, and to telling a channel that other organisations read without a word that
 * they may. Taking that word back is no such thing: it is saved, and closes the channel.
 */
export async function examine(
  { db, access, sharedChannels, log }: Pick<SlackParts, 'db' | 'access' | 'sharedChannels' | 'log'>,
  { channel, wished, before }: Proposal,
  { userId, client }: Pick<Subscriber, 'userId' | 'client'>,
): Promise<Examined> {
  const objection = (reason: string, message: Message): Examined => {
    log.info({ channel, user: userId, outcome: 'objected', reason }, 'not subscribed');
    return { kind: 'objection', message };
  };
  if (!maySubscribe(access, channel)) {
    return objection('channel-not-allowed', note(`:no_entry: ${notSubscribable(access)}`));
  }
  const asked = await sharedChannels.ask(client, channel);
  // What Slack does not say is as it was when it was last known.
  const shared = asked ?? isClosedBySharing(await readSubscriptionsOf(db, channel));
  if (shared && wished !== null && !wished.external && !before?.external) {
    return objection('externally-shared', readByOthers(wished));
  }
  return { kind: 'fine', shared };
}
