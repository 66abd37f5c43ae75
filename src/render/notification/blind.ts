import type { NotificationContent } from '../../core/notification/notification-content.ts';
import { formatDuration } from '../../lib/duration.ts';
import { fitLines, type Message, sections } from '../blocks/message.ts';
import { notes } from '../blocks/notes.ts';
import { cut, date, plain, utc } from '../blocks/text.ts';

/** Polling fails, or works again: one message covers both, so that an edit turns the first into the second. */
export function blindNotification(
  { since, until, trouble }: Extract<NotificationContent, { kind: 'blind' }>,
  doubtful: boolean,
): Message {
  if (until !== null) {
    const head = `I see the platform again after ${formatDuration(until - since)}`;
    return {
      text: `${head}. What changed from ${utc(since)} on is told late.`,
      blocks: [
        ...sections([
          `:large_green_circle: *${head}*`,
          `Blind from ${date(since)} to ${date(until)}: what changed then is told late.`,
        ]),
        ...notes({ doubtful }),
      ],
    };
  }
  const message = plain(cut(trouble.message, 500));
  const advice = plain(cut(trouble.advice, 500));
  const meaning = 'Upgrade tasks that fail meanwhile are told once I see again.';
  return {
    text: fitLines(`I cannot see the platform since ${utc(since)}. ${message} ${meaning} ${advice}`, 3_500),
    blocks: [
      ...sections([
        `:warning: *I cannot see the platform* since ${date(since)}`,
        `${message} ${meaning}`,
        advice,
      ]),
      ...notes({ doubtful }),
    ],
  };
}
