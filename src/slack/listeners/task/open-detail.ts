import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { loadingView } from '../../../render/task/detail/detail-frame.ts';
import { type DetailState, openingState } from '../../../render/task/detail/detail-state.ts';
import { answer } from '../../answer/answer.ts';
import { detailContent } from '../../answer/detail-content.ts';
import { pressedMessage } from '../../answer/place.ts';
import { privately } from '../../answer/response.ts';
import { showOf } from '../../answer/show-of.ts';
import type { SlackParts } from '../../app/parts.ts';
import { slackWord } from '../../out/slack-failure.ts';
import { openView, type ViewHandle } from '../../out/views.ts';
import { guarded } from '../guarded.ts';
import { guardedView } from '../guarded-view.ts';
import { pressedTask, pressFields } from './pressed-task.ts';

/** What a modal just opened shows: the state of one opened on the overview, or taken a step further. */
export type Opening = (state: DetailState) => Promise<DetailState>;

/**
 * Opens the modal of a task. A trigger lives three seconds, so that a loading view is opened before anything is asked of
 * the platform; where even that is too late, a message for whoever pressed says the same.
 */
export async function openDetail(
  parts: SlackParts,
  { action, body, client }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs,
  opening: Opening,
): Promise<void> {
  const show = showOf(parts, client, body);
  const operationId = await pressedTask(parts, action, body, show);
  if (operationId === null) return;
  const fields = pressFields(action, body);
  const opened = await parts.inFlight.track(
    open(parts, client, body, () => opening(openingState(operationId, pressedMessage(body)))),
  );
  if (opened !== null) {
    const { state, handle } = opened;
    return await guardedView(parts, fields, handle, state, () => detailContent(parts, state, body.user.id));
  }
  await guarded(parts, fields, show, async () => {
    const question = { kind: 'task', operationId, private: true } as const;
    const { message } = await answer(parts, question, { userId: body.user.id, client });
    return privately(message);
  });
}

/** Null when the modal could not be opened. */
async function open(
  { log }: SlackParts,
  client: WebClient,
  body: BlockAction,
  opening: () => Promise<DetailState>,
): Promise<{ readonly state: DetailState; readonly handle: ViewHandle } | null> {
  try {
    const state = await opening();
    const handle = await openView(client, body, { view: loadingView(state) });
    return { state, handle };
  } catch (error) {
    log.warn({ reason: slackWord(error) }, 'the modal could not be opened');
    return null;
  }
}
