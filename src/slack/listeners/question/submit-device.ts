import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readId } from '../../../core/question/read-id.ts';
import { loadingModal } from '../../../render/question/answer-modal.ts';
import { DEVICE_INPUT } from '../../../render/task/device-modal.ts';
import { answer } from '../../answer/answer.ts';
import { privately } from '../../answer/response.ts';
import { showInModal } from '../../answer/surface.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { reportAnswer } from '../report-answer.ts';
import { pastedText } from './command-text.ts';

/** The id typed into *Look up a device*: the answer takes the place of the question. */
export function submitDevice(parts: SlackParts) {
  return async ({
    ack,
    body,
    view,
    client,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const fields = { listener: 'view', view: view.callback_id, user: body.user.id };
    const typed = view.state.values[DEVICE_INPUT]?.[DEVICE_INPUT]?.value ?? '';
    const id = readId(pastedText(typed), 'device');
    if (id === null) {
      const wrong = 'An id is made of letters, digits, and . _ : - (at most 256 characters).';
      const report = reportAnswer(parts, fields);
      await ack({ response_action: 'errors', errors: { [DEVICE_INPUT]: wrong } });
      report.answered('sent-back');
      return;
    }
    const modal = { title: 'Look up a device' };
    await ack({ response_action: 'update', view: loadingModal(modal) });
    await guarded(parts, fields, showInModal(client, view.id, modal), async () => {
      const asker = { userId: body.user.id, client };
      const { message } = await answer(parts, { kind: 'look-up', id, private: true }, asker);
      return privately(message);
    });
  };
}
