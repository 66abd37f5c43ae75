import type { ActionsBlock } from '@slack/types';
import { ACTIONS } from '../blocks/actions.ts';
import { button } from '../blocks/message.ts';

/** Prefix of the block ids in a list of subscriptions, which distinguishes its buttons from those elsewhere. */
export const LISTED = 'subscriptions-';

/** *Edit* and *Remove*; *Remove* asks for confirmation. With a null block id, Slack chooses one. */
export function subscriptionButtons(id: string, blockId: string | null): ActionsBlock {
  return {
    type: 'actions',
    ...(blockId !== null && { block_id: blockId }),
    elements: [
      button({ actionId: ACTIONS.editSubscription, label: 'Edit', value: id }),
      {
        ...button({ actionId: ACTIONS.removeSubscription, label: 'Remove', value: id, style: 'danger' }),
        confirm: {
          title: { type: 'plain_text', text: 'Remove this subscription?' },
          text: { type: 'plain_text', text: 'This channel is no longer told of these tasks.' },
          confirm: { type: 'plain_text', text: 'Remove' },
          deny: { type: 'plain_text', text: 'Keep' },
          style: 'danger',
        },
      },
    ],
  };
}
