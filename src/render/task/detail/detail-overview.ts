import type { ModalView } from '@slack/types';
import type { TaskDetail } from '../../../core/question/answer.ts';
import { freshnessLine, troubleLine } from '../../blocks/freshness.ts';
import { context, fields, section, sections } from '../../blocks/message.ts';
import { code, cut } from '../../blocks/text.ts';
import {
  failedDevicesPart,
  parameterLines,
  policyLines,
  targetsPart,
  taskCounters,
  taskHead,
  taskTime,
  unreadablePart,
} from '../task-detail.ts';
import { detailView } from './detail-frame.ts';
import type { DetailState } from './detail-state.ts';

/** Everything important about a task. */
export function overviewView(state: DetailState, { task, failed, freshness }: TaskDetail): ModalView {
  const trouble = troubleLine(freshness);
  return detailView(state, [
    ...(trouble ? [section(trouble)] : []),
    section(taskHead(task)),
    fields([
      ['Status', code(cut(task.statusWord ?? 'unknown', 256))],
      ['Type', code(cut(task.typeWord ?? 'unknown', 256))],
      ['Created', taskTime(task, 'createTime')],
      ['Started', taskTime(task, 'startTime')],
      ['Ended', taskTime(task, 'stopTime')],
    ]),
    section(`*Devices*\n${taskCounters(task)}`),
    ...failedDevicesPart(failed),
    ...sections(['*Extended parameters*', ...parameterLines(task)]),
    ...unreadablePart(task),
    context(freshnessLine(freshness)),
  ]);
}

/** Characters of ids in a modal, which has twice a message's blocks: 256 ids of any length the platform takes. */
const ROOM = 120_000;

/** When and how often a task runs, and what it is aimed at. */
export function policyView(state: DetailState, { task, freshness }: TaskDetail): ModalView {
  const trouble = troubleLine(freshness);
  const { deviceGroups, devices } = task.targets;
  // Either groups or devices are the rule; should both be there, they share the room.
  const room = deviceGroups.length > 0 && devices.length > 0 ? ROOM / 2 : ROOM;
  return detailView(state, [
    ...(trouble ? [section(trouble)] : []),
    section(taskHead(task)),
    section(`*Policy*\n${policyLines(task)}`),
    ...targetsPart(task, room),
    ...unreadablePart(task),
    context(freshnessLine(freshness)),
  ]);
}
