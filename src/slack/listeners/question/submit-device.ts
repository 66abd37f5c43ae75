import { readId } from '../../../core/question/read-id.ts';
import { loadingModal } from '../../../render/question/answer-modal.ts';
import { DEVICE_INPUT } from '../../../render/task/device-modal.ts';
import { answer, type QuestionParts } from '../../answer/answer.ts';
import { privately } from '../../answer/response.ts';
import { showInModal } from '../../answer/surface.ts';
import { onSubmit, type SubmitParts } from '../on-submit.ts';
import { pastedText } from './command-text.ts';

/** The id typed into *Look up a device*: the answer replaces the form. */
export function submitDevice(parts: SubmitParts & QuestionParts) {
  return onSubmit(parts, ({ view, client, userId }) => {
    const typed = view.state.values[DEVICE_INPUT]?.[DEVICE_INPUT]?.value ?? '';
    const id = readId(pastedText(typed), 'device');
    if (id === null) return { kind: 'mistakes', errors: { [DEVICE_INPUT]: WRONG } };
    const modal = { title: 'Look up a device' };
    return {
      kind: 'read',
      loading: loadingModal(modal),
      show: showInModal(client, view.id, modal),
      async work() {
        const question = { kind: 'look-up', id, private: true } as const;
        const { message } = await answer(parts, question, { userId, client });
        return privately(message);
      },
    };
  });
}

const WRONG = 'An id is made of letters, digits, and . _ : - (at most 256 characters).';
