import type {
  NotificationContent,
  SummaryCause,
  SummaryEntry,
} from '../../core/notification/notification-content.ts';
import type { Task, TaskStatus } from '../../core/task/task.ts';
import { calling, mentionLine } from '../blocks/mentions.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { notes } from '../blocks/notes.ts';
import { count, counted, cut, plain } from '../blocks/text.ts';
import { changeCount, changeLook, statusLook } from '../blocks/words.ts';
import { taskId, taskName, taskTitle } from '../task/task-line.ts';
import { course, occurred } from './change-reply.ts';

type SummaryContent = Extract<NotificationContent, { kind: 'summary' }>;

/** Statuses that need attention come first, undocumented ones last. */
const STANDING: readonly TaskStatus[] = ['failed', 'running', 'waiting', 'succeeded', 'stopped', 'unknown'];

const CAUSES: Readonly<Record<SummaryCause, { readonly emoji: string; readonly when: string }>> = {
  storm: { emoji: ':rotating_light:', when: 'at once' },
  away: { emoji: ':wave:', when: 'while I was away' },
  quiet: { emoji: ':crescent_moon:', when: 'during quiet hours' },
  suspended: { emoji: ':mailbox_with_mail:', when: 'while I could not post here' },
};

/**
 * One message for many tasks: the number of each change, and the current statuses. Its thread names every task.
 * `own` are the tasks without another thread: only their changes edit this message. If it also covers other
 * tasks, it omits the current statuses, which would become outdated.
 */
export function summaryRoot(content: SummaryContent, own: readonly Task[], doubtful: boolean): Message {
  const { entries, cause, mentions } = content;
  const { emoji, when } = CAUSES[cause];
  const head = `${counted(entries.length, 'upgrade task')} changed ${when}`;
  const kinds = [...Map.groupBy(entries, ({ change }) => change)];
  const listed = kinds.map(
    ([kind, some]) => `${changeLook(kind).emoji} ${changeLook(kind).brief} *${count(some.length)}*`,
  );
  return {
    text: calling(
      mentions,
      `${head}: ${kinds.map(([kind, some]) => changeCount(kind, some.length)).join(', ')}`,
    ),
    blocks: [
      ...sections(
        [mentionLine(mentions), `${emoji} *${head}*`, listed.join('   ')].filter((line) => line !== ''),
      ),
      context(`${nowLine(entries, own)}Every task is named in the thread.`),
      ...notes({ doubtful }),
    ],
  };
}

/**
 * The current statuses, such as `Now: running 3 · failed 9. `; empty unless all tasks are in `own`. The order
 * does not depend on the store: a mere reshuffle would cause a pointless edit.
 */
function nowLine(entries: readonly SummaryEntry[], own: readonly Task[]): string {
  const known = new Set(own.map(({ operationId }) => operationId));
  if (own.length === 0 || !entries.every(({ operationId }) => known.has(operationId))) return '';
  const inOrder = own.toSorted(
    (one, other) => placeOf(one) - placeOf(other) || compare(statusLook(one).label, statusLook(other).label),
  );
  const groups = Map.groupBy(inOrder, (task) => {
    const { emoji, label } = statusLook(task);
    return `${emoji} ${plain(cut(label, 40))}`;
  });
  const statuses = [...groups].map(([status, some]) => `${status} ${count(some.length)}`);
  return `Now: ${statuses.join(' · ')}. `;
}

function placeOf({ status }: Task): number {
  return STANDING.indexOf(status);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Some of a summary's tasks, one per line. */
export function summaryPart(
  { entries, noticedAt }: Extract<NotificationContent, { kind: 'summary-part' }>,
  tasks: ReadonlyMap<string, Task>,
  doubtful: boolean,
): Message {
  const lines = entries.map((entry) => {
    const task = tasks.get(entry.operationId);
    const { emoji } = changeLook(entry.change);
    return [
      `${emoji} ${course(entry)}`,
      ...(task ? [taskTitle(task)] : []),
      taskId(cut(entry.operationId, 64)),
      occurred({ at: entry.at, noticedAt }),
    ].join(' · ');
  });
  const names = entries.map((entry) => {
    const task = tasks.get(entry.operationId);
    return `${course(entry)}: ${task ? `${taskName(task)} ` : ''}(${entry.operationId})`;
  });
  return {
    text: fitLines(names.map((name) => plain(cut(name, 160))).join('\n'), 3_500),
    blocks: [...sections(lines), ...notes({ doubtful })],
  };
}

/** The bot's first message in a channel: what it watches from now on. */
export function baseline({
  tasks,
  running,
  waiting,
}: Extract<NotificationContent, { kind: 'baseline' }>): Message {
  const text = `I watch ${counted(tasks, 'upgrade task')} from now on: ${count(running)} running, ${count(waiting)} waiting.`;
  return {
    text,
    blocks: [
      section(`:eyes: ${text}`),
      context('What happened before is not told. `/upgrades` shows how things stand.'),
    ],
  };
}
