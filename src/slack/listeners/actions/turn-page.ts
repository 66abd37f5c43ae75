import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { parseTerms, toListRequest } from '../../../core/filter/parse-terms.ts';
import { answerList } from '../../answer.ts';
import type { SlackParts } from '../../parts.ts';
import { guarded } from '../guarded.ts';

/**
 * Previous, Next and Refresh: the button carries the question in normal form, so it works after a restart and days
 * later. It is parsed like a typed line, since values of buttons come from outside.
 */
export function turnPage(parts: SlackParts) {
  return async ({
    ack,
    action,
    body,
    respond,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const parsed = parseTerms(action.value ?? '');
    const fields = { listener: 'action', action: action.action_id, user: body.user.id };
    if (parsed.problems.length > 0 || parsed.ids.length > 0) {
      parts.log.warn({ ...fields, reason: 'unreadable-value' }, 'button ignored');
      return;
    }
    const request = toListRequest(parsed);
    await guarded(parts, fields, respond, async () => {
      const { message, audience } = await answerList(parts, request, { userId: body.user.id, client });
      // Trouble is told beside the list, which stays as it was.
      const trouble = audience === 'asker' && !request.private;
      return {
        response_type: trouble || request.private ? 'ephemeral' : 'in_channel',
        replace_original: !trouble,
        text: message.text,
        blocks: [...message.blocks],
      };
    });
  };
}
