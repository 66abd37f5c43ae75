import type { KnownBlock } from '@slack/types';
import type { DeviceDetail, Trouble } from '../../core/question/answer.ts';
import type { ShownTask } from '../../core/question/shown-task.ts';
import type { Instant } from '../../lib/instant.ts';
import { context, fitLines, type Message, section } from '../blocks/message.ts';
import { code, counted, cut, plain } from '../blocks/text.ts';
import { taskName } from '../task/task-line.ts';
import { taskEntry, taskSections } from '../task/task-list.ts';
import { taskLook } from '../task/task-look.ts';

/** The result for one id found in a message. */
export type FoundId =
  | { readonly kind: 'task'; readonly id: string; readonly task: ShownTask }
  | { readonly kind: 'device'; readonly id: string; readonly detail: DeviceDetail }
  | { readonly kind: 'nothing'; readonly id: string; readonly trouble: Trouble };

/** The tasks and devices named in a message; the ids in `rest` were not looked up. */
export function foundIds(found: readonly FoundId[], rest: readonly string[], now: Instant): Message {
  if (found.length === 0) {
    const text = 'There is no id in this message: I look for words of six or more characters with a digit.';
    return { text, blocks: [section(text)] };
  }
  const left =
    rest.length === 0
      ? []
      : [
          context(
            `Not looked up: ${rest
              .slice(0, 20)
              .map((id) => code(cut(id, 64)))
              .join(' ')}`,
          ),
        ];
  return {
    text: fitLines(found.map((one) => plain(cut(sentence(one), 300))).join('\n'), 3_000),
    blocks: [...found.flatMap((one) => entry(one, now)), ...left],
  };
}

function entry(found: FoundId, now: Instant): readonly KnownBlock[] {
  switch (found.kind) {
    case 'task':
      return taskSections([found.task], now);
    case 'device': {
      const { detail } = found;
      const [newest] = detail.tasks;
      return [
        section(
          `:satellite_antenna: *${plain(cut(nameOf(detail), 100))}* · ${code(cut(found.id, 256))}\n${counted(detail.total, 'upgrade task')}${newest ? ', the newest:' : ''}`,
        ),
        ...(newest ? [section(taskEntry(newest.task, now))] : []),
      ];
    }
    case 'nothing':
      return [section(`${code(cut(found.id, 256))}\n${plain(cut(found.trouble.message, 400))}`)];
  }
}

function sentence(found: FoundId): string {
  switch (found.kind) {
    case 'task':
      return `${taskLook(found.task).label}: ${taskName(found.task)} (${found.id})`;
    case 'device':
      return `Device ${nameOf(found.detail)} (${found.id}): ${counted(found.detail.total, 'upgrade task')}`;
    case 'nothing':
      return found.trouble.message;
  }
}

function nameOf({ deviceId, device }: DeviceDetail): string {
  return device?.name || device?.nodeId || deviceId;
}
