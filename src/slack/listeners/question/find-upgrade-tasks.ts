import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { lookUp } from '../../../ask/look-up.ts';
import type { AskParts } from '../../../ask/parts.ts';
import { findIds } from '../../../core/question/find-ids.ts';
import { type FoundId, foundIds } from '../../../render/question/found-ids.ts';
import type { QuestionParts } from '../../answer/answer.ts';
import { type AnswerParts, answerAsked } from '../../answer/answer-asked.ts';
import { privately, type Show } from '../../answer/response.ts';
import { openModal } from '../../answer/surface.ts';
import { askedBy } from '../../app/parts.ts';
import { type GuardParts, guarded } from '../guarded.ts';
import { type OnceParts, once } from '../once.ts';

/** Most ids looked up for one message: each costs a few platform calls. */
const MOST = 5;

type Args = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** The *Find upgrade tasks here* shortcut, on any message: looks up the ids in it and shows what they are. */
export function findUpgradeTasks(parts: GuardParts & OnceParts & AnswerParts & QuestionParts) {
  return once(parts, async ({ shortcut, client }: Args) => {
    const fields = { listener: 'shortcut', shortcut: shortcut.callback_id, user: shortcut.user.id };
    // Until the modal is open, answers go to where the message is.
    let show: Show = answerAsked(parts, client, {
      userId: shortcut.user.id,
      channel: shortcut.channel.id,
      threadTs: null,
      responseUrl: shortcut.response_url,
    });
    await guarded(parts, { fields, show: (answer) => show(answer) }, async () => {
      show = await openModal(client, shortcut.trigger_id, 'Upgrade tasks found');
      const ids = findIds(messageTexts(shortcut.message));
      const asked = askedBy(parts, shortcut.user.id);
      const found = await Promise.all(ids.slice(0, MOST).map((id) => lookUpId(asked, id)));
      return privately(foundIds(found, ids.slice(MOST), parts.now()));
    });
  });
}

async function lookUpId(parts: AskParts, id: string): Promise<FoundId> {
  const found = await lookUp(parts, id);
  switch (found.kind) {
    case 'task':
      return { kind: 'task', id, task: found.detail.task };
    case 'device':
      return { kind: 'device', id, detail: found.detail };
    case 'trouble':
      return { kind: 'nothing', id, trouble: found.trouble };
  }
}

const object = z.record(z.string(), z.unknown());
/** Deeper than any Slack message, even an attached message whose container holds a list. */
const DEEPEST = 30;

/**
 * Keys of blocks and attachments whose text people read, in any kind of block. Other keys hold what Slack
 * itself needs: ids, URLs, colours, emoji names.
 */
const READ = new Set([
  ...['text', 'fallback', 'pretext', 'title', 'subtitle', 'subtext', 'footer', 'caption', 'description'],
  ...['author_name', 'author_subname', 'service_name', 'provider_name', 'alt_text', 'body', 'hint'],
  ...['label', 'x_label', 'y_label', 'categories', 'rows', 'details', 'output'],
]);

/** All text people can read in a message: its own, and all text in its blocks and attachments. */
export function messageTexts(message: unknown): readonly string[] {
  const read = object.safeParse(message);
  if (!read.success) return [];
  const { text, blocks, attachments } = read.data;
  return [...textsIn(text, true, 0), ...textsIn(blocks, false, 0), ...textsIn(attachments, false, 0)];
}

/** `isRead`: whether people read a string at this position. */
function textsIn(value: unknown, isRead: boolean, depth: number): readonly string[] {
  if (typeof value === 'string') return isRead ? [value] : [];
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, isRead, depth + 1));
  const read = object.safeParse(value);
  if (!read.success) return [];
  return Object.entries(read.data).flatMap(([key, inner]) =>
    textsIn(inner, READ.has(key) || isReadIn(key, read.data), depth + 1),
  );
}

/**
 * Whether people read `value` (in an attachment's field) or `name` (of a chart series). Buttons and emoji
 * have them too, but not for people.
 */
function isReadIn(key: string, { title, type, data }: z.infer<typeof object>): boolean {
  return (
    (key === 'value' && typeof title === 'string' && type === undefined) ||
    (key === 'name' && Array.isArray(data))
  );
}
