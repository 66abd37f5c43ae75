import { askHistory } from '../../../ask/ask-history.ts';
import { trouble } from '../../../render/question/problems.ts';
import { historyMessage } from '../../../render/task/history.ts';
import { type PlaceParts, placeOfPress } from '../../answer/place.ts';
import { postMessageThere } from '../../answer/post-there.ts';
import { privately } from '../../answer/response.ts';
import { guarded } from '../guarded.ts';
import type { PressParts } from '../on-press.ts';
import { onTaskPress } from './on-task-press.ts';

/** History, pressed on a message: the task's history as the bot recorded it. Makes no platform call. */
export function taskHistory(parts: PressParts & PlaceParts) {
  return onTaskPress(parts, (press) =>
    guarded(parts, press, async () => {
      const { operationId, client, body, userId } = press;
      const history = await askHistory(parts, operationId);
      if (history.task === null) return privately(trouble(NEVER_SEEN));
      const place = await placeOfPress(parts, client, body, operationId);
      const poster = { client: parts.posting(client), userId };
      return (await postMessageThere(poster, place, historyMessage(history))).response;
    }),
  );
}

const NEVER_SEEN = {
  message: 'I have not seen this task myself yet, so there is no history of it.',
  advice: 'Tasks are looked at every minute, and all of them every few hours: ask again later.',
};
