import { stateAfter } from '../../../render/task/detail/detail-state.ts';
import type { QuestionParts } from '../../answer/answer.ts';
import { detailContent } from '../../answer/detail-content.ts';
import type { PressParts } from '../on-press.ts';
import { onDetailPress } from './on-detail-press.ts';

/** Tabs, pages, the status filter and Refresh in a task's modal. */
export function turnDetail(parts: PressParts & QuestionParts) {
  return onDetailPress(
    parts,
    (state, action) => {
      const chosen = action.type === 'static_select' ? (action.selected_option?.value ?? null) : null;
      return stateAfter(state, action.action_id, chosen);
    },
    ({ state, userId }) => detailContent(parts, state, userId),
  );
}
