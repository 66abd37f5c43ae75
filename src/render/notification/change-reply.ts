import { type ChangeKind, isEnding } from '../../core/change/changes.ts';
import type { NotificationContent } from '../../core/notification/notification-content.ts';
import { suspiciouslyFast } from '../../core/task/suspiciously-fast.ts';
import type { Task } from '../../core/task/task.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Instant } from '../../lib/instant.ts';
import { calling, mentionLine } from '../blocks/mentions.ts';
import { fitLines, type Message, sections } from '../blocks/message.ts';
import { type Held, notes } from '../blocks/notes.ts';
import { counted, cut, date, plain, utc } from '../blocks/text.ts';
import { changeLook, endedAs } from '../blocks/words.ts';
import { fastLine, ranFor, tallyLine, taskId, taskName, taskTitle } from '../task/task-line.ts';

type ChangeContent = Extract<NotificationContent, { kind: 'change' }>;

/** A change noticed this much after it happened says how late it was, in milliseconds. */
const LATE = 5 * 60_000;
/** Earlier changes named one by one; if there are more, only the latest are named. */
const MOST_EARLIER = 3;

/** A reply in a task's thread: one change, as it was when the bot noticed it. */
export function changeReply(
  task: Task | null,
  content: ChangeContent,
  way: { readonly doubtful: boolean; readonly held: Held },
): Message {
  const { emoji } = changeLook(content.change);
  const words = course(content);
  const fast = ends(content) ? fastLine(content) : '';
  const title = task ? `${taskName(task)}: ${words} (${task.operationId})` : `Upgrade task: ${words}`;
  const story = [`${plain(cut(title, 300))}, ${utc(content.at)}.`, fast].filter(Boolean).join(' ');
  return {
    text: fitLines(calling(content.mentions, story), 3_500),
    blocks: [
      ...sections(
        [
          mentionLine(content.mentions),
          `${emoji} *${plain(words)}*${task ? ` · ${taskTitle(task)}` : ''}`,
          tallyLine(content.tally),
          [task ? taskId(task.operationId) : '', occurred(content), stalledSince(content), ran(content)]
            .filter(Boolean)
            .join(' · '),
          fast,
        ].filter(Boolean),
      ),
      ...notes(way),
    ],
  };
}

/** A task's changes, the latest last: `begins to fail, stalled, then failed`. */
export function course({
  change,
  earlier,
  statusWord,
}: {
  readonly change: ChangeKind;
  readonly earlier: readonly ChangeKind[];
  /** The resulting status in the platform's words; missing if it was not stored. */
  readonly statusWord?: string | null;
}): string {
  const last =
    change === 'ended' && statusWord !== undefined ? endedAs(statusWord) : changeLook(change).label;
  if (earlier.length === 0) return last;
  const hidden = earlier.length - MOST_EARLIER;
  const before = [
    ...(hidden > 0 ? [counted(hidden, 'earlier change')] : []),
    ...earlier.slice(-MOST_EARLIER).map((kind) => changeLook(kind).brief),
  ];
  return `${before.join(', ')}, then ${last}`;
}

/** When it happened, and how late it was noticed if that matters. */
export function occurred({ at, noticedAt }: { readonly at: Instant; readonly noticedAt: Instant }): string {
  const late = noticedAt - at;
  return late > LATE ? `${date(at)}, told ${formatDuration(late)} later` : date(at);
}

function stalledSince({ change, at, movedAt }: ChangeContent): string {
  if (change === 'resumed') return `no device had moved for ${formatDuration(at - movedAt)}`;
  return change === 'stalled' ? `no device moved since ${date(movedAt)}` : '';
}

function ran(content: ChangeContent): string {
  // `fastLine` already says how long a suspiciously fast task ran.
  return ends(content) && suspiciouslyFast(content) === null ? ranFor(content) : '';
}

function ends({ change }: ChangeContent): boolean {
  return isEnding(change);
}
