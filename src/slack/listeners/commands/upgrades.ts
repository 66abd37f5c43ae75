import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { parseQuestion } from '../../../core/question.ts';
import { answer } from '../../answer.ts';
import { commandText } from '../../command-text.ts';
import type { SlackParts } from '../../parts.ts';
import { guarded } from '../guarded.ts';

/** `/upgrades …`: acknowledged before anything is asked, answered through the response URL. */
export function upgradesCommand(parts: SlackParts) {
  return async ({
    command,
    ack,
    respond,
    client,
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
      const { message, audience } = await answer(parts, question, { userId: command.user_id, client });
      return {
        response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
        text: message.text,
        blocks: [...message.blocks],
      };
    });
  };
}
