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

/** Derives the state a modal opens in from the overview's. */
export type Opening = (state: DetailState) => Promise<DetailState>;

/**
 * A listener that opens a task's modal. A trigger expires after three seconds, so a loading view opens before
 * any platform call. If even that is too late, the user gets the same content in a private message.
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

/** Null if the modal could not be opened. */
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
