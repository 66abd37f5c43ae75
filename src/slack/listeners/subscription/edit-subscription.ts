import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { listSubscriptions } from '../../../ask/list-subscriptions.ts';
import { subscriptionForm, withPeopleAsText } from '../../../core/subscription/subscription-form.ts';
import { subscriptionModal } from '../../../render/subscription/subscription-modal.ts';
import { GONE } from '../../../render/subscription/subscription-notes.ts';
import { privately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import { openView } from '../../out/views.ts';
import { guarded } from '../guarded.ts';
import { pressedHere } from '../notification/pressed-here.ts';
import { pressFields } from '../task/pressed-task.ts';
import { printSubscriptionPlace } from './subscription-place.ts';

/** Edit: a subscription as a form. Only one of the conversation that was pressed in. */
export function editSubscription(parts: SlackParts) {
  return async ({
    action,
    body,
    client,
    context,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    const { here, show } = await pressedHere(parts, body, { client, context });
    await guarded(parts, pressFields(action, body), show, async () => {
      if (here === null) return privately(GONE);
      const { present, hours } = await listSubscriptions(parts.db, here.channel);
      const found = present.find(({ id }) => id === action.value);
      if (found === undefined) return privately(GONE);
      const metadata = printSubscriptionPlace({ here, id: found.id });
      const form = subscriptionForm(found, hours);
      // Somebody among them may no longer be known to Slack; then they are named as text.
      const plain = form.people.length === 0 ? null : subscriptionModal(withPeopleAsText(form), metadata);
      const { trigger_id } = body;
      await openView(client, { trigger_id }, { view: subscriptionModal(form, metadata), plain });
      return null;
    });
  };
}
