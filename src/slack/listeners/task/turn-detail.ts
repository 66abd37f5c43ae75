import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import { lostView } from '../../../render/task/detail/detail-frame.ts';
import { type DetailState, parseDetailState, stateAfter } from '../../../render/task/detail/detail-state.ts';
import { detailContent } from '../../answer/detail-content.ts';
import type { SlackParts } from '../../app/parts.ts';
import { updateView, type ViewHandle } from '../../out/views.ts';
import { guardedView } from '../guarded-view.ts';

type DetailAction = BlockAction<ButtonAction | StaticSelectAction>;

/** What a press in a task's modal comes with, its state read again from outside. */
export interface PressedDetail {
  readonly state: DetailState;
  readonly handle: ViewHandle;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Tabs, pages, the status filter and Refresh of a task's modal. */
export function turnDetail(parts: SlackParts) {
  return async (args: SlackActionMiddlewareArgs<DetailAction> & AllMiddlewareArgs): Promise<void> => {
    const { action } = args;
    const pressed = await pressedDetail(parts, args, (state) =>
      stateAfter(
        state,
        action.action_id,
        action.type === 'static_select' ? (action.selected_option?.value ?? null) : null,
      ),
    );
    if (pressed === null) return;
    const { state, handle, fields } = pressed;
    await guardedView(parts, fields, handle, state, () => detailContent(parts, state, args.body.user.id));
  };
}

/** Reads the modal's state and takes it a step further. A state that is not ours is answered, and null comes back. */
export async function pressedDetail(
  { log, inFlight }: SlackParts,
  { action, body, client }: SlackActionMiddlewareArgs<DetailAction> & AllMiddlewareArgs,
  step: (state: DetailState) => DetailState | null,
): Promise<PressedDetail | null> {
  const fields = { listener: 'action', action: action.action_id, user: body.user.id };
  const { view } = body;
  if (!view) {
    log.warn({ ...fields, reason: 'no-view' }, 'button ignored');
    return null;
  }
  const handle = { client, viewId: view.id, hash: null };
  const read = parseDetailState(view.private_metadata);
  const state = read === null ? null : step(read);
  if (state !== null) return { state, handle, fields: { ...fields, tab: state.tab } };
  log.warn({ ...fields, reason: 'unreadable-state' }, 'button ignored');
  await inFlight
    .track(updateView(handle, { view: lostView() }))
    .catch((error: unknown) => log.error({ ...fields, err: error }, 'the person could not be told'));
  return null;
}
