import type { ModalView } from '@slack/types';
import type { TaskDetail } from '../../../core/question/answer.ts';
import { freshnessLine, troubleLine } from '../../blocks/freshness.ts';
import { context, fields, section, sections } from '../../blocks/message.ts';
import { code, cut } from '../../blocks/text.ts';
import {
  failedDevicesPart,
  parameterLines,
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
