import type { AllMiddlewareArgs, GlobalShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { deviceModal } from '../../../render/task/device-modal.ts';
import type { SlackParts } from '../../app/parts.ts';
import { openView } from '../../out/views.ts';
import { type ReportParts, reportAnswer } from '../report-answer.ts';

/** *Look up a device*, from anywhere in Slack: asks for an id. */
export function lookUpDevice(parts: ReportParts & Pick<SlackParts, 'inFlight'>) {
  return async ({
    shortcut,
    client,
  }: SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs): Promise<void> => {
    const fields = { listener: 'shortcut', shortcut: shortcut.callback_id, user: shortcut.user.id };
    // There is neither a channel nor a response URL to tell a failure through: the modal is the only answer there is.
    const report = reportAnswer(parts, fields);
    await parts.inFlight
      .track(openView(client, shortcut, { view: deviceModal() }))
      .then(() => report.answered('shown'), report.failed);
  };
}
