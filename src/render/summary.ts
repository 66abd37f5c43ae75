import type { NoticeContent } from '../core/notice-content.ts';
import type { Task } from '../core/task.ts';
import { context, fitLines, type Message, section, sections } from './message.ts';
import { taskId, taskName, taskTitle } from './task-line.ts';
import { occurred, REPEATED } from './task-root.ts';
import { count, counted, cut, plain } from './text.ts';
import { changeLook, statusLook } from './words.ts';

type SummaryContent = Extract<NoticeContent, { kind: 'summary' }>;

/** Many tasks in one message: how many of what, and how they stand now. Its thread names every one of them. */
export function summaryRoot(content: SummaryContent, tasks: readonly Task[], doubtful: boolean): Message {
  const { entries, cause } = content;
  const away = cause === 'away';
  const kinds = [...Map.groupBy(entries, ({ change }) => change)].map(
    ([kind, some]) => `${changeLook(kind).emoji} ${changeLook(kind).label} *${count(some.length)}*`,
  );
  const statuses = [...Map.groupBy(tasks, ({ status }) => status)].map(
    ([status, some]) =>
      `${statusLook(status).emoji} ${plain(cut(statusLook(status).label, 40))} ${count(some.length)}`,
  );
  const now = statuses.length === 0 ? '' : `Now: ${statuses.join(' · ')}. `;
  const head = away
    ? `${counted(entries.length, 'upgrade task')} changed while I was away`
    : `${counted(entries.length, 'upgrade task')} changed at once`;
  return {
    text: `${head}: ${[...Map.groupBy(entries, ({ change }) => change)].map(([kind, some]) => `${count(some.length)} ${changeLook(kind).label}`).join(', ')}`,
    blocks: [
      section(`${away ? ':crescent_moon:' : ':rotating_light:'} *${head}*\n${kinds.join('   ')}`),
      context(`${now}Every task is named in the thread.`),
      ...(doubtful ? [context(REPEATED)] : []),
    ],
  };
}

/** Some of a summary's tasks, a line each. */
export function summaryPart(
  { entries, noticedAt }: Extract<NoticeContent, { kind: 'summary-part' }>,
  tasks: ReadonlyMap<string, Task>,
  doubtful: boolean,
): Message {
  const lines = entries.map(({ operationId, change, at }) => {
    const task = tasks.get(operationId);
    const { emoji, label } = changeLook(change);
    return `${emoji} ${label} · ${task ? `${taskTitle(task)} · ` : ''}${taskId(cut(operationId, 64))} · ${occurred({ at, noticedAt })}`;
  });
  const names = entries.map(({ operationId, change }) => {
    const task = tasks.get(operationId);
    return `${changeLook(change).label}: ${task ? `${taskName(task)} ` : ''}(${operationId})`;
  });
  return {
    text: fitLines(names.map((name) => plain(cut(name, 160))).join('\n'), 3_500),
    blocks: [...sections(lines), ...(doubtful ? [context(REPEATED)] : [])],
  };
}

/** The first message of the bot in a channel: what it watches from now on. */
export function baseline({ tasks, running, waiting }: Extract<NoticeContent, { kind: 'baseline' }>): Message {
  const text = `I watch ${counted(tasks, 'upgrade task')} from now on: ${count(running)} running, ${count(waiting)} waiting.`;
  return {
    text,
    blocks: [
      section(`:eyes: ${text}`),
      context('What happened before is not told. `/upgrades` shows how things stand.'),
    ],
  };
}
