import { POSTED_KINDS } from '../../core/change/changes.ts';
import { printTerms } from '../../core/filter/print-filter.ts';
import type { Explanation, Why } from '../../core/question/explain.ts';
import { formatDuration } from '../../lib/duration.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, counted, cut, date, exactDate, plain, utc } from '../blocks/text.ts';
import { changeLook } from '../blocks/words.ts';
import { taskId, taskName, taskTitle } from '../task/task-line.ts';

/** What a channel was and was not sent about a task, and why: one sentence and a named reason per change. */
export function why({ task, firstSeenAt, explanations, older }: Why): Message {
  const { operationId } = task;
  const lines = explanations.map(explanationLines);
  const nothing = `Nothing happened to it since I watch it (${date(firstSeenAt)}), so there was nothing to tell.`;
  return {
    text: textOf({ task, firstSeenAt, explanations, older }),
    blocks: [
      section(`*What was told here, and why* · ${taskTitle(task)} · ${taskId(cut(operationId, 64))}`),
      ...(lines.length === 0 ? [section(nothing)] : sections(lines)),
      ...(older ? [context(`Only the latest ${counted(explanations.length, 'change')} are shown.`)] : []),
    ],
  };
}

function explanationLines(one: Explanation): string {
  const known = POSTED_KINDS.find((kind) => kind === one.kind);
  const head =
    known === undefined ? code(cut(one.kind, 40)) : `${changeLook(known).emoji} *${changeLook(known).brief}*`;
  return `${head} · ${exactDate(one.at)}\n${outcome(one)}: ${sentence(one)} (${code(cut(one.reason, 60))})${doubt(one)}`;
}

function outcome({ notification, reason, at }: Explanation): string {
  if (notification === null) return POSTED_ALONG.includes(reason) ? 'told' : '*not told*';
  switch (notification.state) {
    case 'sent':
      return notification.sentAt === null
        ? 'told'
        : `told ${exactDate(notification.sentAt)}, ${lateness(notification.sentAt - at)}`;
    case 'merged':
      return 'told with other news';
    case 'held':
    case 'suspended':
      return `*waits* for ${waitsFor(notification)}`;
    case 'pending':
    case 'sending':
      return '*not told yet*, on its way';
    case 'refused':
      return '*not told*, since Slack took the message in no form';
    case 'expired':
      return '*not told*, since this channel was closed to me for more than 7 days';
    case 'withdrawn':
      return '*not told*, since this channel unsubscribed before';
    default:
      return code(cut(notification.state, 40));
  }
}

/** Posted with another notification, which the decision does not name. */
const POSTED_ALONG: readonly string[] = ['told-with-the-first-notification'];

function waitsFor({ state, held }: NonNullable<Explanation['notification']>): string {
  if (state === 'suspended') return 'this channel to be open to me again';
  return held === 'muted' ? 'the end of the mute' : 'the end of the quiet hours';
}

/** The platform's clock and ours may differ. */
function lateness(milliseconds: number): string {
  return milliseconds < 1_000 ? 'at once' : `${formatDuration(milliseconds)} after it happened`;
}

const SENTENCES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    'first-notification': 'the first message of the task here',
    'told-with-the-first-notification': 'found together with another change, whose message shows it',
    'has-a-thread': 'the task has a message here, so it was told in its thread',
    'told-in-a-summary': 'one message told it together with other tasks',
    'kind-not-wanted': 'no subscription here that fits the task wants this kind of change',
    'thresholds-of-others': 'an alarm by thresholds that no subscription here goes by',
    muted: 'the task was muted here',
    'mute-ended': 'the task ended, and with it the mute',
    'quiet-hours': 'it came in the quiet hours of this channel',
    'not-subscribed-then': 'this channel had no subscription yet',
    'not-recorded': 'it is too long ago: the reason is no longer kept',
    'progress-edits-the-root': 'progress only changes the message of the task',
  }),
);
/** Filters named in one sentence. */
const SHOWN_FILTERS = 3;

function sentence({ reason, filters }: Explanation): string {
  const names = filters.slice(0, SHOWN_FILTERS).map((terms) => {
    const printed = printTerms(terms);
    return printed === '' ? 'all tasks' : code(cut(printed, 200));
  });
  const rest = filters.length - names.length;
  const named = `${names.join(', ')}${rest > 0 ? ` and ${counted(rest, 'other filter')}` : ''}`;
  if (reason === 'filter-does-not-match')
    return named === '' ? 'the task fits no filter here' : `the task does not fit ${named}`;
  if (reason === 'filter-did-not-match-then') return `${named} fits the task as it is now, and did not then`;
  return SENTENCES.get(reason) ?? 'another version of me decided this';
}

function doubt({ notification }: Explanation): string {
  return notification?.doubtful === true ? ' It may stand here twice.' : '';
}

function textOf({ task, explanations }: Why): string {
  const head = `What was told here of ${taskName(task)} (${task.operationId})`;
  const lines = explanations.map(({ kind, at, reason, notification }) => {
    const told = notification?.state === 'sent' || (notification === null && POSTED_ALONG.includes(reason));
    return `${utc(at)} ${plain(cut(kind, 40))}: ${told ? 'told' : 'not told'}, ${plain(cut(reason, 60))}`;
  });
  const nothing = 'Nothing happened to it since I watch it.';
  return fitLines([plain(cut(head, 600)), ...(lines.length === 0 ? [nothing] : lines)].join('\n'), 3_500);
}
