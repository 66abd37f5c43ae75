import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { isSafeId } from '../../../core/ids.ts';
import { answer } from '../../answer.ts';
import type { SlackParts } from '../../parts.ts';
import { guarded } from '../guarded.ts';

/** Details: everything about one task, for whoever pressed. The id comes from outside and is checked again. */
export function taskDetails(parts: SlackParts) {
  return async ({
    ack,
    action,
    body,
    respond,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const operationId = action.value ?? '';
    const fields = { listener: 'action', action: action.action_id, user: body.user.id };
    if (!isSafeId(operationId)) {
      parts.log.warn({ ...fields, reason: 'unreadable-value' }, 'button ignored');
      return;
    }
    await guarded(parts, fields, respond, async () => {
      const question = { kind: 'task', operationId, private: true } as const;
      const { message } = await answer(parts, question, { userId: body.user.id, client });
      return {
        response_type: 'ephemeral',
        replace_original: false,
        text: message.text,
        blocks: [...message.blocks],
      };
    });
  };
}
