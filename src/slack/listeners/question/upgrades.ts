import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { parseQuestion } from '../../../core/question/question.ts';
import { inOrder } from '../../answer/announce.ts';
import { type AnswerParts, answerAsked } from '../../answer/answer-asked.ts';
import { answerHere, type HereParts } from '../../answer/answer-here.ts';
import { responseOf } from '../../answer/response.ts';
import { homeAt } from '../../app/middleware/home-team.ts';
import { type GuardParts, guarded } from '../guarded.ts';
import { type OnceParts, once } from '../once.ts';
import { commandText } from './command-text.ts';

/** `/upgrades …`: acknowledged at once, answered through the response URL. */
export function upgradesCommand(parts: GuardParts & OnceParts & AnswerParts & HereParts) {
  return once(parts, async ({ command, client, context }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    const question = parseQuestion(commandText(command.text ?? ''));
    const fields = {
      listener: 'command',
      question: question.kind,
      user: command.user_id,
      channel: command.channel_id,
    };
    const { user_id: userId, response_url: responseUrl } = command;
    const here = { channel: command.channel_id, threadTs: null };
    const show = answerAsked(parts, client, { ...here, userId, responseUrl });
    await guarded(parts, { fields, show }, async () => {
      const asker = { userId, client, here, home: homeAt(context) };
      const answer = await answerHere(parts, question, asker);
      return responseOf(await inOrder(parts, command.channel_id, answer));
    });
  });
}
