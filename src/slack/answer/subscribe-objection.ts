import type { Proposal } from '../../ask/propose.ts';
import { maySubscribe, type Reserved, reservedIn } from '../../core/access/access.ts';
import { isClosedBySharing } from '../../core/access/channel-sharing.ts';
import { notSubscribable, reservedRefusal } from '../../render/access/access-refusal.ts';
import type { Message } from '../../render/blocks/message.ts';
import { note, readByOthers } from '../../render/subscription/subscription-notes.ts';
import { readSubscriptionsOf } from '../../store/subscription/subscriptions.ts';
import type { SlackParts } from '../app/parts.ts';
import { within } from '../workspaces/within.ts';
import type { Subscriber } from './subscribe-here.ts';

/** How long Slack may take to list a user group's members, in milliseconds. */
const PATIENCE = 2_000;

export type ObjectionParts = Pick<SlackParts, 'db' | 'access' | 'membership' | 'sharedChannels' | 'log'>;

/** Whether a channel's subscription may be saved, and whether other organisations read the channel. */
export type Examined =
  | { readonly kind: 'objection'; readonly message: Message }
  | { readonly kind: 'fine'; readonly shared: boolean };

/**
 * Objects to a channel the settings exclude, to options reserved for user groups the user may not be in, and
 * to subscribing an externally shared channel without consent. Withdrawing consent is saved: it closes the
 * channel. What counts is the whole subscription as it would be saved, not just this user's change.
 */
export async function examine(
  parts: ObjectionParts,
  { channel, wished, before }: Proposal,
  { userId, client }: Pick<Subscriber, 'userId' | 'client'>,
): Promise<Examined> {
  const { db, access, sharedChannels, log } = parts;
  const objection = (reason: string, message: Message): Examined => {
    log.info({ channel, user: userId, outcome: 'objected', reason }, 'not subscribed');
    return { kind: 'objection', message };
  };
  if (!maySubscribe(access, channel)) {
    return objection('channel-not-allowed', note(`:no_entry: ${notSubscribable(access)}`));
  }
  const asked = await sharedChannels.ask(client, channel);
  // If Slack does not say, assume the last known state.
  const shared = asked ?? isClosedBySharing(await readSubscriptionsOf(db, channel));
  if (wished === null) return { kind: 'fine', shared };
  const lacking = shared && !wished.external && !before?.external;
  // Check `external` as well before suggesting it: the user may not be allowed to set it.
  for (const reserved of reservedIn({ ...wished, external: wished.external || lacking })) {
    const refusal = await refuse(parts, reserved, { userId, client });
    if (refusal !== null) return objection(`${reserved}-reserved`, note(`:no_entry: ${refusal}`));
  }
  if (lacking) return objection('externally-shared', readByOthers(wished));
  return { kind: 'fine', shared };
}

async function refuse(
  { access, membership }: ObjectionParts,
  reserved: Reserved,
  { userId, client }: Pick<Subscriber, 'userId' | 'client'>,
): Promise<string | null> {
  const groups = access[reserved];
  if (groups === null) return null;
  const found = (await within(PATIENCE, membership(client, groups, userId))) ?? 'unknown';
  return found === 'member' ? null : reservedRefusal(reserved, groups, found);
}
