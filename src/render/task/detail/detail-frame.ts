import type { KnownBlock, ModalView } from '@slack/types';
import type { Trouble } from '../../../core/question/answer.ts';
import { ACTIONS } from '../../blocks/actions.ts';
import { buttons, context, section, sections } from '../../blocks/message.ts';
import { plain } from '../../blocks/text.ts';
import { taskId } from '../task-line.ts';
import { type DetailState, type DetailTab, printDetailState } from './detail-state.ts';

/** Maximum blocks in a modal (Slack: 100), less the row of tabs. */
const MOST_BLOCKS = 99;

const TABS: readonly (readonly [tab: DetailTab, label: string, actionId: string])[] = [
  ['overview', 'Overview', ACTIONS.detailOverview],
  ['devices', 'Devices', ACTIONS.detailDevices],
  ['policy', 'Policy & targets', ACTIONS.detailPolicy],
  ['history', 'History', ACTIONS.detailHistory],
];

/** A task's modal: the tabs, then the content of the selected one. */
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

/** Shown while the platform is queried; the tabs already work. */
export function loadingView(state: DetailState): ModalView {
  return detailView(state, [
    section(`:hourglass_flowing_sand: *${labelOf(state.tab)}*\n${taskId(state.operationId)}`),
    context('Reading…'),
  ]);
}

/** Shown if there is nothing else to show: what happened and what to do. */
export function troubleView(state: DetailState, { message, advice }: Trouble): ModalView {
  return detailView(state, [
    section(`*${labelOf(state.tab)}*\n${taskId(state.operationId)}`),
    section(`:warning: ${plain(message)}\n${plain(advice)}`),
  ]);
}

/** The modal if its state cannot be read. */
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
 * The content as plain sections, for a workspace that rejects the blocks. The tabs stay: the loading view had
 * them, so Slack is known to accept them.
 */
export function textOnlyView(view: ModalView, state: DetailState): ModalView {
  const lines = view.blocks.slice(tabs(state).length).flatMap(linesOf);
  return detailView(state, sections(lines.length === 0 ? ['Nothing can be shown here.'] : lines));
}

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
  // Apart from their buttons, these views only contain sections and contexts.
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
