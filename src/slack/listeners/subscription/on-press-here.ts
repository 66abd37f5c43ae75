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

/** A press on a button about the subscriptions of a conversation. */
export interface PressHere extends Press {
  /** Null: in a view that says nothing of a conversation. */
  readonly here: Address | null;
  /** The answer in place of what was pressed, to those who saw that. */
  readonly instead: (message: Message) => Response;
}

/** A listener for buttons about the subscriptions of a conversation. */
export function onPressHere(parts: PressHereParts, work: (press: PressHere) => Promise<void>) {
  return onPress(parts, async (press) => work(await placed(parts, press)));
}

/** Finds out where a press came from. A view knows its conversation by what we gave it along. */
async function placed({ workspaces: { owners } }: PressHereParts, press: Press): Promise<PressHere> {
  const { body, client, home } = press;
  const { view, channel } = body;
  if (view !== undefined) {
    const metadata = view.private_metadata;
    const place = readSubscriptionPlace(metadata)?.here ?? null;
    // Views come back from outside: one that names a channel of another workspace is of no channel.
    const ours = place !== null && (await owners.isOwn(place.channel, home));
    const modal = { title: SUBSCRIPTION_TITLE, metadata };
    const show = showInModal(client, view.id, modal);
    return { ...press, here: ours ? place : null, show, instead: privately };
  }
  const seenByAll = pressedMessage(body) !== null;
  const ours = channel !== undefined && (await owners.isOwn(channel.id, home));
  return {
    ...press,
    // A message of another workspace that shares the channel is theirs to change.
    here: ours ? { channel: channel.id, threadTs: threadOfPress(body) } : null,
    instead: (message) => ({
      ...privately(message),
      response_type: seenByAll ? 'in_channel' : 'ephemeral',
      replace_original: true,
    }),
  };
}
