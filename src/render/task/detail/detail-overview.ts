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

/** The overview tab: everything important about a task. */
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

/** Maximum characters of ids in a modal (twice a message's blocks): fits 256 ids of any length the platform accepts. */
const ROOM = 120_000;

/** The policy tab: when and how often a task runs, and its targets. */
export function policyView(state: DetailState, { task, freshness }: TaskDetail): ModalView {
  const trouble = troubleLine(freshness);
  const { deviceGroups, devices } = task.targets;
  // Usually a task has either groups or devices; if it has both, they share the room.
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
