import type { ButtonAction, StaticSelectAction } from '@slack/bolt';
import { MAX_PAGE_SIZE } from '../../../core/filter/filter.ts';
import { type ListButton, readListBlockId, readListButton } from '../../../core/question/list-button.ts';
import { ACTIONS } from '../../../render/blocks/actions.ts';
import { answerList, type QuestionParts } from '../../answer/answer.ts';
import { mayShowAll, onlyForYou } from '../../answer/may-show-all.ts';
import { type PlaceParts, pressedMessage } from '../../answer/place.ts';
import { privately } from '../../answer/response.ts';
import type { PressParts } from '../on-press.ts';
import { onListPress } from './on-list-press.ts';

type ListAction = ButtonAction | StaticSelectAction;

/**
 * Previous, Next, Refresh and the page size. Each button carries the question in normal form, so it still
 * works after a restart or days later.
 */
export function turnPage(parts: PressParts & PlaceParts & QuestionParts) {
  return onListPress(parts, askedBy, async ({ asked, kind, share, body, client, userId }) => {
    const { request, anchor } = asked;
    const asker = { userId, client };
    const options = share === undefined ? { anchor } : { anchor, share };
    const [{ message, audience }, mayShow] = await Promise.all([
      answerList(parts, request, asker, options),
      mayShowAll(parts, client, body.channel?.id ?? null),
    ]);
    // Posted before the channel was shared externally: do not update it for outside readers.
    if (!mayShow && pressedMessage(body) !== null) return privately(onlyForYou(message));
    // In a message, trouble appears beside the list, which stays as it was; a modal can only replace it.
    const trouble = audience === 'asker' && !request.private && kind === 'message';
    return {
      response_type: trouble || request.private ? 'ephemeral' : 'in_channel',
      replace_original: !trouble,
      text: message.text,
      blocks: [...message.blocks],
    };
  });
}

/** The question of a button or menu choice. Refresh and a new page size drop the anchor. */
function askedBy(action: ListAction): ListButton | null {
  if (action.type === 'static_select') {
    const request = readListBlockId(action.block_id);
    const size = Number(action.selected_option?.value);
    const fits = Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE;
    return request === null || !fits ? null : { request: { ...request, size, page: 1 }, anchor: null };
  }
  const read = readListButton(action.value ?? '');
  if (read === null || action.action_id !== ACTIONS.refreshList) return read;
  return { request: read.request, anchor: null };
}
