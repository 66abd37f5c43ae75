import type {
  AllMiddlewareArgs,
  BlockAction,
  PlainTextInputAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { parseQuestion } from '../../../core/question/question.ts';
import { answerHere } from '../../answer/answer-here.ts';
import { privately, type Show } from '../../answer/response.ts';
import { openModal } from '../../answer/surface.ts';
import { homeAt } from '../../app/middleware/home-team.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { pastedText } from './command-text.ts';

/** The search of the home tab: the same words as the command's, answered in a modal. */
export function searchHome(parts: SlackParts) {
  return async ({
    action,
    body,
    client,
    context,
  }: SlackActionMiddlewareArgs<BlockAction<PlainTextInputAction>> & AllMiddlewareArgs): Promise<void> => {
    const question = parseQuestion(pastedText(action.value ?? ''));
    const fields = {
      listener: 'action',
      action: action.action_id,
      question: question.kind,
      user: body.user.id,
    };
    let show: Show | null = null;
    await guarded(
      parts,
      fields,
      async (answered) => {
        // A home tab has no response URL: without a modal there is no way to the person.
        if (show === null) throw new Error('The modal could not be opened.');
        return await show(answered);
      },
      async () => {
        show = await openModal(client, body.trigger_id, 'Upgrade tasks');
        const asker = { userId: body.user.id, client, here: null, home: homeAt(context) };
        const answered = await answerHere(parts, question, asker);
        return privately(answered.message);
      },
    );
  };
}
