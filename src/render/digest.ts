import { CHANGE_KINDS } from '../core/changes.ts';
import type { Digest, DigestTask } from '../core/digest.ts';
import type { Task } from '../core/task.ts';
import { context, type Message, section, sections } from './message.ts';
import { tallyLine, taskId, taskTitle } from './task-line.ts';
import { REPEATED } from './task-root.ts';
import { count, counted, date } from './text.ts';
import { changeLook } from './words.ts';

/** A channel's day: what happened, what runs, what wants a look. */
export function digestMessage(digest: Digest, tasks: ReadonlyMap<string, Task>, doubtful: boolean): Message {
  const { from, to, changes, running, waiting, attention, attentionTotal } = digest;
  const happened = CHANGE_KINDS.flatMap((kind) => {
    const tasksOfKind = changes[kind];
    return tasksOfKind ? [{ ...changeLook(kind), tasks: tasksOfKind }] : [];
  });
  const news =
    happened.length === 0
      ? 'Nothing changed.'
      : happened.map(({ emoji, label, tasks: many }) => `${emoji} ${label} *${count(many)}*`).join('   ');
  const now = `Now ${count(running)} running, ${count(waiting)} waiting.`;
  const look =
    attentionTotal === 0 ? 'Nothing wants a look.' : `${counted(attentionTotal, 'task')} want a look:`;
  return {
    text: `Upgrade tasks of the last day: ${happened.length === 0 ? 'nothing changed' : happened.map(({ label, tasks: many }) => `${count(many)} ${label}`).join(', ')}. ${now}`,
    blocks: [
      section(`:calendar: *Upgrade tasks of the last day*\n${news}\n${now} ${look}`),
      ...sections(attention.map((one) => attentionLine(one, tasks.get(one.operationId)))),
      ...(attentionTotal > attention.length
        ? [
            context(
              `And ${counted(attentionTotal - attention.length, 'more task')}: \`/upgrades failed since:1d\``,
            ),
          ]
        : []),
      context(`${date(from)} to ${date(to)}`),
      ...(doubtful ? [context(REPEATED)] : []),
    ],
  };
}

function attentionLine({ operationId, why, tally }: DigestTask, task: Task | undefined): string {
  const { emoji, label } = changeLook(why);
  const name = task ? `${taskTitle(task)} · ` : '';
  return `${emoji} *${label}* · ${name}${taskId(operationId)}\n${tallyLine(tally)}`;
}
