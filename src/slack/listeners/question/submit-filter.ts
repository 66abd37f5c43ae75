import { readForm } from '../../../core/filter/form.ts';
import { loadingModal } from '../../../render/question/answer-modal.ts';
import { answerList, type QuestionParts } from '../../answer/answer.ts';
import { printModalPlace, readModalPlace } from '../../answer/modal-place.ts';
import { privately } from '../../answer/response.ts';
import { LIST_MODAL, listModal } from '../../answer/surface.ts';
import { onSubmit, type SubmitParts } from '../on-submit.ts';
import { filterErrors, readFilterState } from './filter-state.ts';

/**
 * A submitted filter. Mistakes appear under their controls; otherwise the modal shows the list, with a button
 * to post it. The original message stays unchanged: editing it takes a response URL, which a submission does
 * not have, and which would not survive half an hour or a restart.
 */
export function submitFilter(parts: SubmitParts & QuestionParts) {
  return onSubmit(parts, ({ view, client, userId }) => {
    const form = readFilterState(view.state.values);
    if (form === null) return { kind: 'unreadable', instead: null };
    const read = readForm(form);
    if (!read.ok) return { kind: 'mistakes', errors: filterErrors(read.problems) };
    const place = readModalPlace(view.private_metadata);
    const { show, share } = listModal(client, view.id, place);
    return {
      kind: 'read',
      loading: loadingModal({ title: LIST_MODAL, metadata: printModalPlace(place) }),
      show,
      async work() {
        const options = { share: share ?? null };
        const { message } = await answerList(parts, read.request, { userId, client }, options);
        return privately(message);
      },
    };
  });
}
