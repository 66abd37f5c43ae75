import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { parseQuestion } from '../../../core/question/question.ts';
import { inOrder } from '../../answer/announce.ts';
import { type AnswerParts, answerAsked } from '../../answer/answer-asked.ts';
import { answerHere, type HereParts } from '../../answer/answer-here.ts';
import { mayTellAll, withinOrganisation } from '../../answer/may-tell-all.ts';
import { homeAt } from '../../app/middleware/home-team.ts';
import { type GuardParts, guarded } from '../guarded.ts';
import { commandText } from './command-text.ts';

/** `/upgrades …`: acknowledged before anything is asked, answered through the response URL. */
export function upgradesCommand(parts: GuardParts & AnswerParts & HereParts) {
  return async ({
    command,
    client,
    context,
  }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
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
      const [answered, mayTell] = await Promise.all([
        answerHere(parts, question, asker),
        mayTellAll(parts, client, command.channel_id),
      ]);
      const answer = withinOrganisation(answered, mayTell);
      const { message, audience } = await inOrder(parts, command.channel_id, answer);
      return {
        response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
        text: message.text,
        blocks: [...message.blocks],
      };
    });
  };
}
