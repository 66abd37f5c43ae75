import type { AllMiddlewareArgs, BlockAction } from '@slack/bolt';
import type { Message } from '../../../render/blocks/message.ts';
import { SUBSCRIPTION_TITLE } from '../../../render/subscription/subscription-modal.ts';
import { pressedMessage, threadOfPress } from '../../answer/place.ts';
import { privately, type Response, type Show } from '../../answer/response.ts';
import { showOf } from '../../answer/show-of.ts';
import { showInModal } from '../../answer/surface.ts';
import { homeAt } from '../../app/middleware/home-team.ts';
import type { SlackParts } from '../../app/parts.ts';
import type { Address } from '../../out/post.ts';
import { readSubscriptionPlace } from '../subscription/subscription-place.ts';

/** Where a button about the subscriptions of a conversation was pressed. */
export interface PressedHere {
  /** Null: in a view that says nothing of a conversation. */
  readonly here: Address | null;
  readonly show: Show;
  /** The answer in place of what was pressed, to those who saw that. */
  readonly instead: (message: Message) => Response;
}

/** Finds out where a press about subscriptions came from. A view knows its conversation by what we gave it along. */
export async function pressedHere(
  parts: SlackParts,
  body: BlockAction,
  { client, context }: Pick<AllMiddlewareArgs, 'client' | 'context'>,
): Promise<PressedHere> {
  const { view, channel } = body;
  if (view !== undefined) {
    const metadata = view.private_metadata;
    const place = readSubscriptionPlace(metadata)?.here ?? null;
    // Views come back from outside: one that names a channel of another workspace is of no channel.
    const ours = place !== null && (await parts.workspaces.owners.isOwn(place.channel, homeAt(context)));
    const here = ours ? place : null;
    const modal = { title: SUBSCRIPTION_TITLE, metadata };
    return { here, show: showInModal(client, view.id, modal), instead: privately };
  }
  const seenByAll = pressedMessage(body) !== null;
  const ours = channel !== undefined && (await parts.workspaces.owners.isOwn(channel.id, homeAt(context)));
  return {
    // A message of another workspace that shares the channel is theirs to change.
    here: ours ? { channel: channel.id, threadTs: threadOfPress(body) } : null,
    show: showOf(parts, client, body),
    instead: (message) => ({
      ...privately(message),
      response_type: seenByAll ? 'in_channel' : 'ephemeral',
      replace_original: true,
    }),
  };
}
