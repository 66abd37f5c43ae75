import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { askHistory } from '../../../ask/ask-history.ts';
import { trouble } from '../../../render/question/problems.ts';
import { historyMessage } from '../../../render/task/history.ts';
import { placeOfPress } from '../../answer/place.ts';
import { privately } from '../../answer/response.ts';
import { showOf } from '../../answer/show-of.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';
import { tellMessage } from '../notification/tell-message.ts';
import { pressedTask, pressFields } from './pressed-task.ts';

/** History, pressed on a message: the task's course as the bot saw it. Nothing is asked of the platform. */
export function taskHistory(parts: SlackParts) {
  return async ({
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    const show = showOf(parts, client, body);
    const operationId = await pressedTask(parts, action, body, show);
    if (operationId === null) return;
    await guarded(parts, pressFields(action, body), show, async () => {
      const history = await askHistory(parts, operationId);
      if (history.task === null) return privately(trouble(NEVER_SEEN));
      const teller = { client: parts.posting(client), userId: body.user.id };
      const place = await placeOfPress(parts, client, body, operationId);
      return (await tellMessage(teller, place, historyMessage(history))).response;
    });
  };
}

const NEVER_SEEN = {
  message: 'I have not seen this task myself yet, so there is no history of it.',
  advice: 'Tasks are looked at every minute, and all of them every few hours: ask again later.',
};
