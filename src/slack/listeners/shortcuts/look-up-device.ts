import type { AllMiddlewareArgs, GlobalShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { deviceModal } from '../../../render/device-modal.ts';
import type { SlackParts } from '../../parts.ts';

/** *Look up a device*, from anywhere in Slack: asks for an id. */
export function lookUpDevice({ log, inFlight }: SlackParts) {
  return async ({
    ack,
    shortcut,
    client,
  }: SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const fields = { listener: 'shortcut', shortcut: shortcut.callback_id, user: shortcut.user.id };
    // There is neither a channel nor a response URL to tell a failure through: the modal is the only answer there is.
    await inFlight
      .track(client.views.open({ trigger_id: shortcut.trigger_id, view: deviceModal() }))
      .then(() => log.info(fields, 'answered'))
      .catch((error: unknown) => log.error({ ...fields, err: error }, 'not answered'));
  };
}
