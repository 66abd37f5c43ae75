import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { CANCELLED } from '../../../render/subscription/subscription-notes.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { pressedHere } from '../notification/pressed-here.ts';
import { pressFields } from '../task/pressed-task.ts';

/** Cancel: nothing was saved so far, and it stays so. */
export function cancelSubscription(parts: SlackParts) {
  return async ({
    action,
    body,
    client,
    context,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    const { show, instead } = await pressedHere(parts, body, { client, context });
    await guarded(parts, pressFields(action, body), show, async () => instead(CANCELLED));
  };
}
