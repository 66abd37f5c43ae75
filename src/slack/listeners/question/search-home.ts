import type { PlainTextInputAction } from '@slack/bolt';
import { parseQuestion } from '../../../core/question/question.ts';
import { answerHere, type HereParts } from '../../answer/answer-here.ts';
import { privately, type Show } from '../../answer/response.ts';
import { openModal } from '../../answer/surface.ts';
import { guarded } from '../guarded.ts';
import { onPress, type PressParts } from '../on-press.ts';
import { pastedText } from './command-text.ts';

/** Search in the home tab: takes the same words as the command, and answers in a modal. */
export function searchHome(parts: PressParts & HereParts) {
  return onPress<PlainTextInputAction>(parts, async ({ action, body, client, userId, home, fields }) => {
    const question = parseQuestion(pastedText(action.value ?? ''));
    let modal: Show | null = null;
    const show: Show = async (answered) => {
      // The home tab has no response URL, so without a modal we cannot reach the user.
      if (modal === null) throw new Error('The modal could not be opened.');
      await modal(answered);
    };
    await guarded(parts, { fields: { ...fields, question: question.kind }, show }, async () => {
      modal = await openModal(client, body.trigger_id, 'Upgrade tasks');
      const answered = await answerHere(parts, question, { userId, client, here: null, home });
      return privately(answered.message);
    });
  });
}
