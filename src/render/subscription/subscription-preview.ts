import { type PostedExample, PREVIEW_SPAN, type PreviewAnswer } from '../../core/notification/preview.ts';
import { formatDuration } from '../../lib/duration.ts';
import { count, counted, cut, date } from '../blocks/text.ts';
import { changeCount, changeLook } from '../blocks/words.ts';
import { taskId, taskTitle } from '../task/task-line.ts';

/** What a subscription would have posted recently: one sentence, then the latest examples, one per line. */
export function previewLines(preview: PreviewAnswer): readonly string[] {
  return [previewSentence(preview), ...preview.examples.map((example) => exampleLine(example, preview))];
}

/** Only the sentence, such as `In the last 7 days this would have told 14 times: 9 failed, 5 stalled.` */
export function previewSentence(preview: PreviewAnswer): string {
  const { span, messages, replies, atLeast } = preview;
  if (span === null) return 'I have not watched yet, so I cannot say what this would have told.';
  const when = span >= PREVIEW_SPAN ? 'In the last 7 days' : `In the ${formatDuration(span)} I have watched`;
  const most = atLeast ? 'at least ' : '';
  const threads = replies === 0 ? '' : `, beside ${most}${counted(replies, 'reply', 'replies')} in threads`;
  if (messages === 0)
    return `${when} this would have told ${atLeast ? 'nothing that I could count' : 'nothing'}.`;
  return `${when} this would have told ${most}${times(messages)}: ${partsOf(preview)}${threads}.`;
}

function times(messages: number): string {
  if (messages === 1) return 'once';
  return messages === 2 ? 'twice' : `${count(messages)} times`;
}

/** Most frequent first. */
function partsOf({ kinds, summaries, summarised }: PreviewAnswer): string {
  const single = [...kinds]
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, messages]) => changeCount(kind, messages));
  const together =
    summaries === 0
      ? []
      : [`${counted(summaries, 'summary', 'summaries')} of ${counted(summarised, 'task')} together`];
  return [...single, ...together].join(', ');
}

function exampleLine({ operationId, kind, at }: PostedExample, { tasks }: PreviewAnswer): string {
  const task = tasks.get(operationId);
  const { emoji, brief } = changeLook(kind);
  const id = taskId(cut(operationId, 64));
  return [`${emoji} ${brief}`, ...(task ? [taskTitle(task)] : []), id, date(at)].join(' · ');
}
