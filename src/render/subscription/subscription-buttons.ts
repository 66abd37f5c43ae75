import type { ActionsBlock } from '@slack/types';
import { ACTIONS } from '../blocks/actions.ts';
import { button } from '../blocks/message.ts';

/** Begins the block ids of the buttons in a list of subscriptions, so that a press there is told from one elsewhere. */
export const LISTED = 'subscriptions-';

/** *Edit* and *Remove* for one subscription; the latter asks back. A null block id leaves it to Slack. */
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
