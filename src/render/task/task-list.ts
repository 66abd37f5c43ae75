import type { KnownBlock } from '@slack/types';
import { printRequest } from '../../core/filter/print-filter.ts';
import type { TaskList } from '../../core/question/answer.ts';
import type { ShownTask } from '../../core/question/shown-task.ts';
import type { Instant } from '../../lib/instant.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { freshnessLine, troubleLine } from '../blocks/freshness.ts';
import { context, fitLines, type Message, section } from '../blocks/message.ts';
import { code, count, counted, cut, plain, visible } from '../blocks/text.ts';
import { listControls } from './list-controls.ts';
import { progressBar, tallyLine, taskId, taskName, taskTitle, timesLine } from './task-line.ts';
import { taskLook } from './task-look.ts';

/** Maximum sections with one task each, to leave room for other blocks; larger pages share sections. */
const MOST_SECTIONS = 40;

/**
 * The answer to a list question: one section per task, the filter, the count and the paging controls. `share`
 * labels the button that posts a private list to the channel; null: no button.
 */
export function taskList(
  list: TaskList,
  now: Instant,
  share: string | null = list.request.private ? 'Share' : null,
): Message {
  const filter = printRequest({ ...list.request, page: 1, private: false });
  const trouble = troubleLine(list.freshness);
  return {
    text: listText(list, filter),
    blocks: [
      ...(trouble ? [section(trouble)] : []),
      ...(list.tasks.length === 0 ? [section(emptyLine(list))] : taskSections(list.tasks, now)),
      context(listFooter(list, filter)),
      ...listControls(list, share),
    ],
  };
}

/** One task in a list. */
export function taskEntry(task: ShownTask, now: Instant): string {
  const { emoji, label } = taskLook(task);
  const bar = progressBar(task.tally);
  return [
    `${emoji} *${plain(label)}* · ${taskTitle(task)}`,
    `${bar ? `${bar} ` : ''}${tallyLine(task.tally)}`,
    `${taskId(task.operationId)} · ${timesLine(task, now)}`,
  ].join('\n');
}

/** Tasks with a details button each; larger numbers share sections, without buttons. */
export function taskSections(tasks: readonly ShownTask[], now: Instant): readonly KnownBlock[] {
  if (tasks.length <= MOST_SECTIONS) {
    return tasks.map((task) => ({
      ...section(taskEntry(task, now)),
      accessory: {
        type: 'button' as const,
        action_id: ACTIONS.taskDetails,
        text: { type: 'plain_text' as const, text: 'Details' },
        value: cut(task.operationId, 2_000),
        accessibility_label: cut(visible(`Details of ${taskName(task)}`), 75),
      },
    }));
  }
  const each = Math.ceil(tasks.length / MOST_SECTIONS);
  return Array.from({ length: Math.ceil(tasks.length / each) }, (_, index) =>
    section(
      tasks
        .slice(index * each, (index + 1) * each)
        .map((task) => taskEntry(task, now))
        .join('\n\n'),
    ),
  );
}

function emptyLine({ request, total }: TaskList): string {
  if (request.page > 1 && total !== null && total > 0) {
    const pages = Math.ceil(total / request.size);
    return `Page ${count(request.page)} is beyond the end: there ${pages === 1 ? 'is' : 'are'} ${counted(pages, 'page')}.`;
  }
  if (request.page > 1) return `Page ${count(request.page)} is beyond the end.`;
  if (request.terms.length === 0) return 'The platform has no upgrade tasks.';
  const timed = request.terms.some((term) => 'time' in term);
  return timed ? 'No upgrade task that was created in this time matches.' : 'No upgrade task matches.';
}

function range({ request, tasks, total, anchor, anchored }: TaskList): string {
  // Back on the first page, the tasks newer than the anchor are missing.
  const leftOut = anchored && request.page === 1 ? (anchor?.lead ?? 0) : 0;
  const first = (request.page - 1) * request.size + leftOut + 1;
  if (tasks.length === 0) return total === null ? 'total unknown' : counted(total, 'task');
  const shown = `${count(first)}–${count(first + tasks.length - 1)}`;
  return total === null ? `${shown}, total unknown` : `${shown} of ${counted(total, 'task')}`;
}

function listFooter(list: TaskList, filter: string): string {
  const parts = [
    filter === '' ? 'all tasks' : shownFilter(filter),
    range(list),
    freshnessLine(list.freshness),
    list.anchored ? 'Refresh shows newer tasks' : null,
    list.unreadable > 0 ? `${counted(list.unreadable, 'row')} without an id left out` : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The whole filter, unless escaping makes it too long to leave room for the rest of the line. */
function shownFilter(filter: string): string {
  const whole = code(filter);
  return [...whole].length <= 2_500 ? whole : code(cut(filter, 400));
}

function listText(list: TaskList, filter: string): string {
  const lines = list.tasks.map((task) => `${taskLook(task).label}: ${taskName(task)} (${task.operationId})`);
  const head = `Upgrade tasks${filter === '' ? '' : ` · ${filter}`} · ${range(list)}`;
  return fitLines([plain(head), ...lines.map((line) => plain(cut(line, 400)))].join('\n'), 3_500);
}
