import { weigh } from '../../../act/subscribe.ts';
import { proposeWhole } from '../../../ask/propose.ts';
import { readWaiting } from '../../../core/subscription/subscribe-button.ts';
import { savedAndPosted } from '../../../render/subscription/subscribed.ts';
import { GONE, taken, UNREADABLE } from '../../../render/subscription/subscription-notes.ts';
import { privately } from '../../answer/response.ts';
import { type SubscribeParts, saveAndAnnounce } from '../../answer/subscribe-here.ts';
import { examine } from '../../answer/subscribe-objection.ts';
import { guarded } from '../guarded.ts';
import { onPressHere, type PressHereParts } from './on-press-here.ts';

/**
 * Subscribe: confirms the question asked before saving. The button carries the subscription in normal form.
 */
export function saveSubscription(parts: PressHereParts & SubscribeParts) {
  return onPressHere(parts, (press) =>
    guarded(parts, press, async () => {
      const { here, action, client, userId, home, fields, instead } = press;
      const waiting = readWaiting(action.value ?? '');
      if (waiting === null || here === null) {
        parts.log.warn({ ...fields, reason: 'unreadable-value' }, 'button ignored');
        return privately(UNREADABLE);
      }
      const proposed = await proposeWhole(parts.db, here.channel, waiting);
      if (proposed.kind === 'gone') return instead(GONE);
      if (proposed.kind === 'taken') return instead(taken(proposed.by));
      const examined = await examine(parts, proposed.proposal, { userId, client });
      if (examined.kind === 'objection') return instead(examined.message);
      const weighed = await weigh(parts, proposed.proposal);
      const asker = { userId, client, here, home, shared: examined.shared };
      const outcome = await saveAndAnnounce(parts, proposed.proposal, weighed, asker);
      return instead(outcome.kind === 'told' ? savedAndPosted(weighed.preview, outcome.id) : outcome.message);
    }),
  );
}
