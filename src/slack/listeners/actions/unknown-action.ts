import type { AllMiddlewareArgs, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackParts } from '../../parts.ts';

/** A button of an older or newer version: acknowledged, so that the person sees no error of Slack's, and explained. */
export function unknownAction({ log }: SlackParts) {
  return async ({ ack, respond, body }: SlackActionMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    log.warn({ listener: 'action', user: body.user.id, reason: 'unknown-action' }, 'button ignored');
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'This button is from another version of me. Ask again with `/upgrades` for fresh ones.',
    });
  };
}
