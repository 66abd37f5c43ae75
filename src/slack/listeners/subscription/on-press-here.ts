import type { Message } from '../../../render/blocks/message.ts';
import { SUBSCRIPTION_TITLE } from '../../../render/subscription/subscription-modal.ts';
import { pressedMessage, threadOfPress } from '../../answer/place.ts';
import { privately, type Response } from '../../answer/response.ts';
import { showInModal } from '../../answer/surface.ts';
import type { SlackParts } from '../../app/parts.ts';
import type { Address } from '../../out/post.ts';
import { onPress, type Press, type PressParts } from '../on-press.ts';
import { readSubscriptionPlace } from './subscription-place.ts';

export type PressHereParts = PressParts & Pick<SlackParts, 'workspaces'>;

/** A press on a button about a conversation's subscriptions. */
export interface PressHere extends Press {
  /** Null if we cannot act on a conversation: a view names none, or it belongs to another workspace. */
  readonly here: Address | null;
  /** The answer in place of what was pressed, for the same audience. */
  readonly instead: (message: Message) => Response;
}

/** A listener for buttons about a conversation's subscriptions. */
export function onPressHere(parts: PressHereParts, work: (press: PressHere) => Promise<void>) {
  return onPress(parts, async (press) => work(await placed(parts, press)));
}

/** Finds where a press came from. A view carries its conversation in its metadata. */
async function placed({ workspaces: { owners } }: PressHereParts, press: Press): Promise<PressHere> {
  const { body, client, home } = press;
  const { view, channel } = body;
  if (view !== undefined) {
    const metadata = view.private_metadata;
    const place = readSubscriptionPlace(metadata)?.here ?? null;
    // Views are untrusted: a channel of another workspace counts as none.
    const ours = place !== null && (await owners.isOwn(place.channel, home));
    const modal = { title: SUBSCRIPTION_TITLE, metadata };
    const show = showInModal(client, view.id, modal);
    return { ...press, here: ours ? place : null, show, instead: privately };
  }
  const seenByAll = pressedMessage(body) !== null;
  const ours = channel !== undefined && (await owners.isOwn(channel.id, home));
  return {
    ...press,
    // In a shared channel, another workspace's subscriptions are not this user's to change.
    here: ours ? { channel: channel.id, threadTs: threadOfPress(body) } : null,
    instead: (message) => ({
      ...privately(message),
      response_type: seenByAll ? 'in_channel' : 'ephemeral',
      replace_original: true,
    }),
  };
}
