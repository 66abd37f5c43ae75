import { formatDuration } from '../core/duration.ts';
import type { NoticeContent } from '../core/notice-content.ts';
import { context, type Message, section } from './message.ts';
import { REPEATED } from './task-root.ts';
import { date, plain } from './text.ts';

/** Watching is blind, or was: the same message says both, so that an edit turns one into the other. */
export function blindNotice(
  { since, until, trouble }: Extract<NoticeContent, { kind: 'blind' }>,
  doubtful: boolean,
): Message {
  const repeated = doubtful ? [context(REPEATED)] : [];
  if (until !== null) {
    const text = `I see the platform again after ${formatDuration(until - since)}`;
    return {
      text: `${text}.`,
      blocks: [
        section(
          `:eyes: *${text}*\nBlind from ${date(since)} to ${date(until)}. What changed meanwhile is told now.`,
        ),
        ...repeated,
      ],
    };
  }
  return {
    text: 'I cannot see the platform: upgrade tasks that fail now are told late.',
    blocks: [
      section(
        `:see_no_evil: *I cannot see the platform* since ${date(since)}\nUpgrade tasks that fail now are told late. ${plain(trouble.message)} ${plain(trouble.advice)}`,
      ),
      ...repeated,
    ],
  };
}
