import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readForm } from '../../../core/filter/form.ts';
import { loadingModal } from '../../../render/question/answer-modal.ts';
import { answerList } from '../../answer/answer.ts';
import { printModalPlace, readModalPlace } from '../../answer/modal-place.ts';
import { privately } from '../../answer/response.ts';
import { LIST_MODAL, listModal } from '../../answer/surface.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { reportAnswer } from '../report-answer.ts';
import { filterErrors, readFilterState } from './filter-state.ts';

/**
 * The filled-in filter. Mistakes come back under their controls; else the modal shows the list, and a button in it posts
 * that to the channel. The message it came from stays as others see it: it could only be changed through a response URL,
 * which a submission does not have and which is gone after half an hour or a restart.
 */
export function submitFilter(parts: SlackParts) {
  return async ({
    ack,
    body,
    view,
    client,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const fields = { listener: 'view', view: view.callback_id, user: body.user.id };
    const form = readFilterState(view.state.values);
    if (form === null) {
      parts.log.warn({ ...fields, reason: 'unreadable-state' }, 'view ignored');
      await ack();
      return;
    }
    const read = readForm(form);
    if (!read.ok) {
      const report = reportAnswer(parts, fields);
      await ack({ response_action: 'errors', errors: filterErrors(read.problems) });
      report.answered('sent-back');
      return;
    }
    const place = readModalPlace(view.private_metadata);
    const metadata = printModalPlace(place);
    await ack({ response_action: 'update', view: loadingModal({ title: LIST_MODAL, metadata }) });
    const { show, share } = listModal(client, view.id, place);
    await guarded(parts, fields, show, async () => {
      const asker = { userId: body.user.id, client };
      const { message } = await answerList(parts, read.request, asker, { share: share ?? null });
      return privately(message);
    });
  };
}
