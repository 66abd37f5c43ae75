import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { formOf } from '../../../core/filter/form.ts';
import { readListButton } from '../../../core/question/list-button.ts';
import { filterModal } from '../../../render/question/filter-modal.ts';
import { printModalPlace } from '../../answer/modal-place.ts';
import { surfaceOf } from '../../answer/surface.ts';
import type { SlackParts } from '../../app/parts.ts';
import { openView, updateView } from '../../out/views.ts';
import { guarded } from '../guarded.ts';
import { listFields, refuseListPress } from './pressed-list.ts';

/** Filter…: the question of a list as a form. Asked for in a modal, the form takes the list's place there. */
export function openFilter(parts: SlackParts) {
  return async ({
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    const read = readListButton(action.value ?? '');
    const fields = listFields(action, body);
    const { place, show } = surfaceOf(parts, body, client);
    if (read === null) return await refuseListPress(parts, fields, show);
    await guarded(parts, fields, show, async () => {
      const view = filterModal(formOf(read.request), printModalPlace(place));
      if (body.view === undefined) await openView(client, body, { view });
      else await updateView({ client, viewId: body.view.id, hash: null }, { view });
      return null;
    });
  };
}
