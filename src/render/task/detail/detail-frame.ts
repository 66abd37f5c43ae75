import type { KnownBlock, ModalView } from '@slack/types';
import type { Trouble } from '../../../core/question/answer.ts';
import { ACTIONS } from '../../blocks/actions.ts';
import { buttons, context, section, sections } from '../../blocks/message.ts';
import { plain } from '../../blocks/text.ts';
import { taskId } from '../task-line.ts';
import { type DetailState, type DetailTab, printDetailState } from './detail-state.ts';

/** Blocks a modal may hold (Slack: 100), less the row of tabs. */
const MOST_BLOCKS = 99;

const TABS: readonly (readonly [tab: DetailTab, label: string, actionId: string])[] = [
  ['overview', 'Overview', ACTIONS.detailOverview],
  ['devices', 'Devices', ACTIONS.detailDevices],
  ['policy', 'Policy & targets', ACTIONS.detailPolicy],
  ['history', 'History', ACTIONS.detailHistory],
];

/** A task's modal: the tabs on top, and the content of the chosen one. */
export function detailView(state: DetailState, content: readonly KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'task_detail',
    title: { type: 'plain_text', text: 'Upgrade task' },
    close: { type: 'plain_text', text: 'Close' },
    private_metadata: printDetailState(state),
    blocks: [...tabs(state), ...content.slice(0, MOST_BLOCKS)],
  };
}

/** What stands there while the platform is asked; the tabs can be pressed meanwhile. */
export function loadingView(state: DetailState): ModalView {
  return detailView(state, [
    section(`:hourglass_flowing_sand: *${labelOf(state.tab)}*\n${taskId(state.operationId)}`),
    context('Reading…'),
  ]);
}

/** What stands there when there is nothing else to show: what happened and what to do. */
export function troubleView(state: DetailState, { message, advice }: Trouble): ModalView {
  return detailView(state, [
    section(`*${labelOf(state.tab)}*\n${taskId(state.operationId)}`),
    section(`:warning: ${plain(message)}\n${plain(advice)}`),
  ]);
}

/** The modal whose state could not be read: there is nothing to go on with. */
export function lostView(): ModalView {
  return {
    type: 'modal',
    callback_id: 'task_detail',
    title: { type: 'plain_text', text: 'Upgrade task' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      section(
        ':warning: I cannot tell any more which task this window is about.\nClose it and open it again.',
      ),
    ],
  };
}

/**
 * The same content as plain sections, for a workspace that refuses the blocks. The tabs stay: the loading view carried
 * them, so that they are known to be accepted.
 */
export function textOnlyView(view: ModalView, state: DetailState): ModalView {
  const lines = view.blocks.slice(tabs(state).length).flatMap(linesOf);
  return detailView(state, sections(lines.length === 0 ? ['Nothing can be shown here.'] : lines));
}

/** What a tab is called. */
export function labelOf(tab: DetailTab): string {
  return TABS.find(([one]) => one === tab)?.[1] ?? 'Overview';
}

function tabs(state: DetailState): readonly KnownBlock[] {
  const looks = TABS.map(([tab, label, actionId]) => ({
    actionId,
    label,
    value: tab,
    ...(tab === state.tab && { style: 'primary' as const }),
  }));
  return buttons(...looks, { actionId: ACTIONS.detailRefresh, label: 'Refresh', value: state.tab });
}

function linesOf(block: ModalView['blocks'][number]): readonly string[] {
  // Of all blocks the views here hold sections and contexts only beside their buttons.
  if (!('elements' in block || 'text' in block || 'fields' in block)) return [];
  const parts: readonly unknown[] = [
    'text' in block ? block.text : null,
    ...('fields' in block ? (block.fields ?? []) : []),
    ...(block.type === 'context' && 'elements' in block ? block.elements : []),
  ];
  return parts.flatMap((part) => {
    if (typeof part !== 'object' || part === null) return [];
    const text: unknown = Reflect.get(part, 'text');
    return typeof text === 'string' ? text.split('\n') : [];
  });
}
