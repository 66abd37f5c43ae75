import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { parseQuestion } from '../../../core/question.ts';
import { answerHere } from '../../answer-here.ts';
import { commandText } from '../../command-text.ts';
import { mayTellAll, withinOrganisation } from '../../may-tell-all.ts';
import { homeAt } from '../../middleware/home-team.ts';
import type { SlackParts } from '../../parts.ts';
import { guarded } from '../guarded.ts';

/** `/upgrades …`: acknowledged before anything is asked, answered through the response URL. */
export function upgradesCommand(parts: SlackParts) {
  return async ({
    command,
    ack,
    respond,
    client,
    context,
  }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const question = parseQuestion(commandText(command.text ?? ''));
    const fields = {
      listener: 'command',
      question: question.kind,
      user: command.user_id,
      channel: command.channel_id,
    };
    await guarded(parts, fields, respond, async () => {
      const here = { channel: command.channel_id, threadTs: null };
      const asker = { userId: command.user_id, client, here, home: homeAt(context) };
      const [answered, mayTell] = await Promise.all([
        answerHere(parts, question, asker),
        mayTellAll(parts, client, command.channel_id),
      ]);
      const { message, audience } = withinOrganisation(answered, mayTell);
      return {
        response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
        text: message.text,
        blocks: [...message.blocks],
      };
    });
  };
}
