import { formOf } from '../../../core/filter/form.ts';
import { filterModal } from '../../../render/question/filter-modal.ts';
import { printModalPlace } from '../../answer/modal-place.ts';
import { openView, updateView } from '../../out/views.ts';
import type { PressParts } from '../on-press.ts';
import { ofButton, onListPress } from './on-list-press.ts';

/** Filter…: a list's question as a form. If pressed in a modal, the form replaces the list. */
export function openFilter(parts: PressParts) {
  return onListPress(parts, ofButton, async ({ asked, place, body, client }) => {
    const view = filterModal(formOf(asked.request), printModalPlace(place));
    if (body.view === undefined) await openView(client, body, { view });
    else await updateView({ client, viewId: body.view.id, hash: null }, { view });
    return null;
  });
}
