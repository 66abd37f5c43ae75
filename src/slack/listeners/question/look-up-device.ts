import type { AllMiddlewareArgs, GlobalShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { deviceModal } from '../../../render/task/device-modal.ts';
import { openView } from '../../out/views.ts';
import { type OnceParts, once } from '../once.ts';
import { type ReportParts, reportAnswer } from '../report-answer.ts';

type Args = SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs;

/** The *Look up a device* shortcut, available anywhere in Slack: asks for an id. */
export function lookUpDevice(parts: ReportParts & OnceParts) {
  return once(parts, async ({ shortcut, client }: Args) => {
    const fields = { listener: 'shortcut', shortcut: shortcut.callback_id, user: shortcut.user.id };
    // There is no channel or response URL to report a failure through: the modal is the only answer.
    const report = reportAnswer(parts, fields);
    await parts.inFlight
      .track(openView(client, shortcut, { view: deviceModal() }))
      .then(() => report.answered('shown'), report.failed);
  });
}
