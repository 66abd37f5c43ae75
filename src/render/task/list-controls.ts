import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { ListRequest } from '../../core/filter/filter.ts';
import type { TaskList } from '../../core/question/answer.ts';
import { printListBlockId, printListButton } from '../../core/question/list-button.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { button, context } from '../blocks/message.ts';

/** Page sizes in the menu; others can be typed as `size:`. */
const PAGE_SIZES: readonly number[] = [5, 10, 20, 50];

/** The sizes in the menu, always including the current one. */
export function sizesWith(size: number): readonly number[] {
  return [...new Set([...PAGE_SIZES, size])].toSorted((one, other) => one - other);
}

/** The row under a list: paging, refresh, filter, page size and sharing. */
export function listControls(list: TaskList, share: string | null): readonly KnownBlock[] {
  const { request, more, total, anchor } = list;
  const turn = (page: number) => printListButton({ request: { ...request, page }, anchor });
  const fresh = printListButton({ request, anchor: null });
  const lastPage = total === null ? request.page : Math.max(1, Math.ceil(total / request.size));
  const previous = Math.min(request.page - 1, lastPage);
  const back = previous >= 1 ? turn(previous) : null;
  const on = more ? turn(request.page + 1) : null;
  const tooLong = fresh === null || (previous >= 1 && back === null) || (more && on === null);
  const blockId = printListBlockId(request);
  const elements: ActionsBlockElement[] = [
    back === null ? null : button({ actionId: ACTIONS.previousPage, label: '◀ Previous', value: back }),
    on === null ? null : button({ actionId: ACTIONS.nextPage, label: 'Next ▶', value: on }),
    fresh === null ? null : button({ actionId: ACTIONS.refreshList, label: 'Refresh', value: fresh }),
    fresh === null ? null : button({ actionId: ACTIONS.openFilter, label: 'Filter…', value: fresh }),
    blockId === null ? null : sizeChoice(request),
    share === null || fresh === null
      ? null
      : button({ actionId: ACTIONS.shareList, label: share, value: fresh, style: 'primary' }),
  ].filter((element) => element !== null);
  return [
    ...(tooLong ? [context('This filter is too long for buttons to carry; narrow the question.')] : []),
    ...(elements.length === 0
      ? []
      : [{ type: 'actions' as const, elements, ...(blockId !== null && { block_id: blockId }) }]),
  ];
}

function sizeChoice({ size }: ListRequest): ActionsBlockElement {
  const option = (one: number) => ({
    text: { type: 'plain_text' as const, text: `${one} a page` },
    value: String(one),
  });
  return {
    type: 'static_select',
    action_id: ACTIONS.listSize,
    placeholder: { type: 'plain_text', text: 'Page size' },
    options: sizesWith(size).map(option),
    initial_option: option(size),
  };
}
