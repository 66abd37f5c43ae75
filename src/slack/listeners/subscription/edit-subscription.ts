import { listSubscriptions } from '../../../ask/list-subscriptions.ts';
import { subscriptionForm, withPeopleAsText } from '../../../core/subscription/subscription-form.ts';
import { subscriptionModal } from '../../../render/subscription/subscription-modal.ts';
import { GONE } from '../../../render/subscription/subscription-notes.ts';
import { privately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import { openView } from '../../out/views.ts';
import { guarded } from '../guarded.ts';
import { onPressHere, type PressHereParts } from './on-press-here.ts';
import { printSubscriptionPlace } from './subscription-place.ts';

/** Edit: opens a subscription as a form, if it belongs to the conversation the press was made in. */
export function editSubscription(parts: PressHereParts & Pick<SlackParts, 'db'>) {
  return onPressHere(parts, (press) =>
    guarded(parts, press, async () => {
      const { here, action, body, client } = press;
      if (here === null) return privately(GONE);
      const { present, hours } = await listSubscriptions(parts.db, here.channel);
      const found = present.find(({ id }) => id === action.value);
      if (found === undefined) return privately(GONE);
      const metadata = printSubscriptionPlace({ here, id: found.id });
      const form = subscriptionForm(found, hours);
      // Slack may no longer know one of the people; the fallback names them as text.
      const plain = form.people.length === 0 ? null : subscriptionModal(withPeopleAsText(form), metadata);
      const { trigger_id } = body;
      await openView(client, { trigger_id }, { view: subscriptionModal(form, metadata), plain });
      return null;
    }),
  );
}
