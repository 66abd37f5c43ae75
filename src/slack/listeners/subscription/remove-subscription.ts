import { removeSubscription as remove } from '../../../act/unsubscribe.ts';
import { listSubscriptions } from '../../../ask/list-subscriptions.ts';
import { LISTED } from '../../../render/subscription/subscription-buttons.ts';
import { subscriptionList } from '../../../render/subscription/subscription-list.ts';
import { GONE } from '../../../render/subscription/subscription-notes.ts';
import { unsubscribed } from '../../../render/subscription/unsubscribed.ts';
import { inOrder } from '../../answer/announce.ts';
import { mayShowAll } from '../../answer/may-show-all.ts';
import type { PlaceParts } from '../../answer/place.ts';
import { privately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { onPressHere, type PressHereParts } from './on-press-here.ts';

/** Remove: ends a subscription of the conversation the press was made in, and announces it there. */
export function removeSubscription(parts: PressHereParts & PlaceParts & Pick<SlackParts, 'newId' | 'wake'>) {
  return onPressHere(parts, async (press) => {
    const { here, action, client, userId, fields, show, instead } = press;
    await guarded(parts, press, async () => {
      const result = here === null ? null : await remove(parts.db, here.channel, action.value ?? '');
      if (here === null || result?.kind !== 'removed') return privately(GONE);
      const { channel, threadTs } = here;
      parts.log.info({ channel, user: userId, outcome: 'removed' }, 'unsubscribed');
      const mayShow = await mayShowAll(parts, client, channel);
      const said = { message: unsubscribed(result), announces: true } as const;
      const { message, audience } = await inOrder(parts, channel, {
        ...said,
        audience: mayShow ? 'channel' : 'asker',
      });
      if (audience === 'asker') return privately(message);
      return {
        ...privately(message),
        response_type: 'in_channel',
        ...(threadTs !== null && { thread_ts: threadTs }),
      };
    });
    if (here === null || !action.block_id.startsWith(LISTED)) return;
    // Update the list, or its removed entry would be pressed again.
    await guarded(parts, { fields: { ...fields, step: 'list' }, show }, async () => {
      const { present, hours } = await listSubscriptions(parts.db, here.channel);
      return instead(subscriptionList(present, hours));
    });
  });
}
