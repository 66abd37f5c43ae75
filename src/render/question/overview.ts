import type { Overview } from '../../core/question/answer.ts';
import { KNOWN_STATUSES, type StatusCount, type TaskStatus } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import { freshnessLine, troubleLine } from '../blocks/freshness.ts';
import { context, type Message, section } from '../blocks/message.ts';
import { count, counted, cut, plain } from '../blocks/text.ts';
import { statusLook } from '../blocks/words.ts';
import { taskEntry } from '../task/task-list.ts';

/** The answer to an empty question: totals, running tasks with their progress, failures of the last day. */
export function overview(
  { counts, running, failedLately, failedLatelyTotal, freshness }: Overview,
  now: Instant,
): Message {
  const totals = statusTotals(counts);
  const trouble = troubleLine(freshness);
  const hidden = (tasksIn(counts, 'running') ?? 0) - running.length;
  return {
    text: `Upgrade tasks: ${counted(tasksIn(counts, 'running') ?? 0, 'task')} running, ${count(failedLatelyTotal)} failed in the last 24 h`,
    blocks: [
      ...(trouble ? [section(trouble)] : []),
      section(`*Upgrade tasks*\n${totals === '' ? 'none yet' : totals}`),
      section(running.length === 0 ? '*Running*\nnone' : '*Running*'),
      ...running.map((task) => section(taskEntry(task, now))),
      ...(hidden > 0 ? [context(`and ${count(hidden)} more: \`/upgrades running\``)] : []),
      section(failedLately.length === 0 ? '*Failed in the last 24 h*\nnone' : '*Failed in the last 24 h*'),
      ...failedLately.map((task) => section(taskEntry(task, now))),
      ...(failedLatelyTotal > failedLately.length
        ? [
            context(
              `and ${count(failedLatelyTotal - failedLately.length)} more: \`/upgrades failed\` shows these and older ones`,
            ),
          ]
        : []),
      context(`${freshnessLine(freshness)} · \`/upgrades help\` shows what can be asked`),
    ],
  };
}

/** The number of tasks in each status, in a fixed order, unknown statuses last. */
export function statusTotals(counts: readonly StatusCount[]): string {
  const order: readonly TaskStatus[] = [...KNOWN_STATUSES, 'unknown'];
  return order
    .flatMap((status) => counts.filter((one) => one.status === status))
    .map((one) => {
      const { emoji, label } = statusLook(one);
      return `${emoji} ${plain(cut(label, 40))} *${count(one.tasks)}*`;
    })
    .join('   ');
}

/** Undefined: no task is known to have this status. */
export function tasksIn(counts: readonly StatusCount[], status: TaskStatus): number | undefined {
  return counts.find((one) => one.status === status)?.tasks;
}
