import type { ButtonAction, StaticSelectAction } from '@slack/bolt';
import { lostView } from '../../../render/task/detail/detail-frame.ts';
import { type DetailState, parseDetailState } from '../../../render/task/detail/detail-state.ts';
import { updateView } from '../../out/views.ts';
import { type FilledView, guardedView } from '../guarded-view.ts';
import { onPress, type Press, type PressParts } from '../on-press.ts';

type DetailAction = ButtonAction | StaticSelectAction;

/** A press in a task's modal, and the state it leads to. */
export interface DetailPress extends Omit<Press<DetailAction>, 'fields'>, FilledView {}

/**
 * A listener for presses in a task's modal that refills the modal. The modal's state is untrusted: it is
 * parsed again, then advanced. If it is not ours, the modal shows an explanation.
 */
export function onDetailPress(
  parts: PressParts,
  step: (state: DetailState, action: DetailAction) => DetailState | null,
  content: (press: DetailPress) => ReturnType<Parameters<typeof guardedView>[2]>,
) {
  return onPress<DetailAction>(parts, async (press) => {
    const { action, body, client, fields } = press;
    const { view } = body;
    if (!view) {
      parts.log.warn({ ...fields, reason: 'no-view' }, 'button ignored');
      return;
    }
    const handle = { client, viewId: view.id, hash: null };
    const read = parseDetailState(view.private_metadata);
    const state = read === null ? null : step(read, action);
    if (state !== null) {
      const pressed = { ...press, state, handle, fields: { ...fields, tab: state.tab } };
      return await guardedView(parts, pressed, () => content(pressed));
    }
    parts.log.warn({ ...fields, reason: 'unreadable-state' }, 'button ignored');
    await parts.inFlight
      .track(updateView(handle, { view: lostView() }))
      .catch((error: unknown) => parts.log.error({ ...fields, err: error }, 'the person could not be told'));
  });
}
