import type { KnownBlock, ModalView, StaticSelect } from '@slack/types';
import type { Trouble } from '../../../core/question/answer.ts';
import { DEVICE_FILTERS, type DeviceFilter, type DevicePage } from '../../../core/question/detail-answer.ts';
import type { DeviceResult } from '../../../core/task/task.ts';
import { ACTIONS } from '../../blocks/actions.ts';
import { freshnessLine, troubleLine } from '../../blocks/freshness.ts';
import { buttons, context, section } from '../../blocks/message.ts';
import { code, count, counted, cut, exactDate, plain } from '../../blocks/text.ts';
import { statusLook } from '../../blocks/words.ts';
import { taskId, taskTitle } from '../task-line.ts';
import { detailView } from './detail-frame.ts';
import type { DetailState } from './detail-state.ts';

export const DEVICES_A_PAGE = 15;

/** One page of a task's devices. `note` goes on top and reports another action. */
export function devicesView(state: DetailState, page: DevicePage, note: string | null = null): ModalView {
  const { task, results, freshness } = page;
  const trouble = troubleLine(freshness);
  const title = task === null ? '' : `${taskTitle(task)}\n`;
  return detailView(state, [
    ...(note === null ? [] : [section(note)]),
    ...(trouble ? [section(trouble)] : []),
    section(`*Devices* · ${title}${taskId(state.operationId)}`),
    ...controls(state, page.more),
    ...(results.length === 0 ? [section(emptyLine(state, page))] : results.map(deviceSection)),
    context([rangeLine(page), remembered(page), freshnessLine(freshness)].filter(Boolean).join(' · ')),
  ]);
}

/** The devices tab if no device can be shown; another filter can still be selected. */
export function devicesTroubleView(state: DetailState, { message, advice }: Trouble): ModalView {
  return detailView(state, [
    section(`*Devices*\n${taskId(state.operationId)}`),
    ...controls(state, false),
    section(`:warning: ${plain(message)}\n${plain(advice)}`),
  ]);
}

function controls({ status, operationId, page }: DetailState, more: boolean): readonly KnownBlock[] {
  const option = (filter: DeviceFilter) => ({
    text: { type: 'plain_text' as const, text: filter === 'all' ? 'All devices' : `Only ${filter}` },
    value: filter,
  });
  const select: StaticSelect = {
    type: 'static_select',
    action_id: ACTIONS.detailStatus,
    options: DEVICE_FILTERS.map(option),
    initial_option: option(status),
  };
  const row = buttons(
    page > 1 ? { actionId: ACTIONS.detailPrevious, label: '◀ Previous', value: operationId } : null,
    more ? { actionId: ACTIONS.detailNext, label: 'Next ▶', value: operationId } : null,
    { actionId: ACTIONS.detailReasons, label: 'Reasons', value: operationId },
  );
  const turning = row.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  return [{ type: 'actions', elements: [select, ...turning] }];
}

function deviceSection(result: DeviceResult): KnownBlock {
  const { deviceId, detailInfo, createTime, startTime, stopTime } = result;
  const { emoji, label } = statusLook(result);
  const reason = detailInfo === null || detailInfo.trim() === '' ? '' : ` · ${plain(cut(detailInfo, 300))}`;
  const times = [
    startTime === null ? null : `started ${exactDate(startTime)}`,
    stopTime === null ? null : `ended ${exactDate(stopTime)}`,
  ].filter((time) => time !== null);
  const created = createTime === null ? 'no times known' : `created ${exactDate(createTime)}, not started`;
  return section(
    `${emoji} ${code(cut(deviceId, 256))} *${plain(cut(label, 40))}*${reason}\n${times.length === 0 ? created : times.join(' · ')}`,
  );
}

function emptyLine({ status }: DetailState, { question, total }: DevicePage): string {
  if (question.page > 1) return `Page ${count(question.page)} is beyond the end.`;
  if (status === 'all') return 'The platform names no device of this task.';
  return `No device of this task is ${status}${total === null ? ' as far as the platform says' : ''}.`;
}

function rangeLine({ question: { page, size }, results, total }: DevicePage): string {
  if (results.length === 0) return total === null ? 'total unknown' : counted(total, 'device');
  const first = (page - 1) * size + 1;
  const shown = `${count(first)}–${count(first + results.length - 1)}`;
  return total === null ? `${shown}, total unknown` : `${shown} of ${counted(total, 'device')}`;
}

/** Stored results may cover only some of the devices. */
function remembered({ freshness }: DevicePage): string {
  return freshness.kind === 'live' ? '' : 'only devices I have read before';
}
