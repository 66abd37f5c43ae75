import type { WebClient } from '@slack/web-api';
import { loadingView } from '../../../render/task/detail/detail-frame.ts';
import { type DetailState, openingState } from '../../../render/task/detail/detail-state.ts';
import { answer, type QuestionParts } from '../../answer/answer.ts';
import { detailContent } from '../../answer/detail-content.ts';
import { pressedMessage } from '../../answer/place.ts';
import { privately } from '../../answer/response.ts';
import { slackWord } from '../../out/slack-failure.ts';
import { openView, type Trigger, type ViewHandle } from '../../out/views.ts';
import { guarded } from '../guarded.ts';
import { guardedView } from '../guarded-view.ts';
import type { PressParts } from '../on-press.ts';
import { onTaskPress } from './on-task-press.ts';

/** What a modal just opened shows: the state of one opened on the overview, or taken a step further. */
export type Opening = (state: DetailState) => Promise<DetailState>;

/**
 * A listener that opens the modal of a task. A trigger lives three seconds, so that a loading view is opened before anything
 * is asked of the platform; where even that is too late, a message for whoever pressed says the same.
 */
export function openDetail(parts: PressParts & QuestionParts, opening: Opening) {
  return onTaskPress(parts, async (press) => {
    const { operationId, body, client, userId, fields } = press;
    const opened = await parts.inFlight.track(
      open(parts, client, body, () => opening(openingState(operationId, pressedMessage(body)))),
    );
    if (opened !== null) {
      const { state } = opened;
      return await guardedView(parts, { fields, ...opened }, () => detailContent(parts, state, userId));
    }
    await guarded(parts, press, async () => {
      const question = { kind: 'task', operationId, private: true } as const;
      const { message } = await answer(parts, question, { userId, client });
      return privately(message);
    });
  });
}

/** Null when the modal could not be opened. */
async function open(
  { log }: Pick<PressParts, 'log'>,
  client: WebClient,
  trigger: Trigger,
  opening: () => Promise<DetailState>,
): Promise<{ readonly state: DetailState; readonly handle: ViewHandle } | null> {
  try {
    const state = await opening();
    const handle = await openView(client, trigger, { view: loadingView(state) });
    return { state, handle };
  } catch (error) {
    log.warn({ reason: slackWord(error) }, 'the modal could not be opened');
    return null;
  }
}
