import { formOf } from '../../../core/filter/form.ts';
import { filterModal } from '../../../render/question/filter-modal.ts';
import { printModalPlace } from '../../answer/modal-place.ts';
import { openView, updateView } from '../../out/views.ts';
import type { PressParts } from '../on-press.ts';
import { ofButton, onListPress } from './on-list-press.ts';

/** Filter…: the question of a list as a form. Asked for in a modal, the form takes the list's place there. */
export function openFilter(parts: PressParts) {
  return onListPress(parts, ofButton, async ({ asked, place, body, client }) => {
    const view = filterModal(formOf(asked.request), printModalPlace(place));
    if (body.view === undefined) await openView(client, body, { view });
    else await updateView({ client, viewId: body.view.id, hash: null }, { view });
    return null;
  });
}
