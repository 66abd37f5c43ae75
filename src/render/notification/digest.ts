import { DIGEST_KINDS, type Digest, type DigestTask } from '../../core/notification/digest.ts';
import type { Task } from '../../core/task/task.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { notes } from '../blocks/notes.ts';
import { count, counted, cut, date, plain } from '../blocks/text.ts';
import { changeCount, changeLook } from '../blocks/words.ts';
import { tallyLine, taskId, taskName, taskTitle } from '../task/task-line.ts';

const HEAD = 'Upgrade tasks of the last day';

/** A channel's daily digest: what happened, what is running, what needs attention. */
export function digestMessage(digest: Digest, tasks: ReadonlyMap<string, Task>, doubtful: boolean): Message {
  const { from, to, attention, attentionTotal } = digest;
  const hidden = attentionTotal - attention.length;
  const more = hidden > 0 ? `And ${count(hidden)} more: \`/upgrades failed,active sort:failed\`. ` : '';
  return {
    text: plainText(digest, tasks),
    blocks: [
      section(
        [
          `:calendar: *${HEAD}* · ${date(from)} to ${date(to)}`,
          newsLine(digest),
          `${nowLine(digest)} ${lookLine(digest)}`,
        ].join('\n'),
      ),
      ...sections(attention.map((one) => attentionLine(one, tasks.get(one.operationId)))),
      context(`${more}Only tasks this channel subscribes to are counted: \`/upgrades subscriptions\`.`),
      ...notes({ doubtful }),
    ],
  };
}

function newsLine({ changes }: Digest): string {
  const news = DIGEST_KINDS.flatMap((kind) => {
    const { emoji, brief } = changeLook(kind);
    return changes[kind] ? [`${emoji} ${brief} *${count(changes[kind])}*`] : [];
  });
  return news.length === 0 ? 'Nothing changed.' : news.join('   ');
}

function nowLine({ running, waiting }: Digest): string {
  return `Now ${count(running)} running, ${count(waiting)} waiting.`;
}

function lookLine({ attentionTotal }: Digest): string {
  if (attentionTotal === 0) return 'Nothing wants a look.';
  return `${counted(attentionTotal, 'task')} ${attentionTotal === 1 ? 'wants' : 'want'} a look:`;
}

function attentionLine({ operationId, why, tally }: DigestTask, task: Task | undefined): string {
  const { emoji, label } = changeLook(why);
  const name = task ? `${taskTitle(task)} · ` : '';
  return `${emoji} *${label}* · ${name}${taskId(operationId)}\n${tallyLine(tally)}`;
}

function plainText(digest: Digest, tasks: ReadonlyMap<string, Task>): string {
  const news = DIGEST_KINDS.flatMap((kind) => {
    const many = digest.changes[kind];
    return many ? [changeCount(kind, many)] : [];
  });
  const named = digest.attention.map(({ operationId, why }) => {
    const task = tasks.get(operationId);
    return plain(cut(`${changeLook(why).label}: ${task ? `${taskName(task)} ` : ''}(${operationId})`, 160));
  });
  const head = `${HEAD}: ${news.length === 0 ? 'nothing changed' : news.join(', ')}. ${nowLine(digest)} ${lookLine(digest)}`;
  return fitLines([head, ...named].join('\n'), 3_500);
}
