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

/** Ids of one message that are looked up: each costs a few calls of the platform's. */
const MOST = 5;

type Args = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** *Find upgrade tasks here*, on any message: looks up the ids in it and shows what they are. */
export function findUpgradeTasks(parts: GuardParts & OnceParts & AnswerParts & QuestionParts) {
  return once(parts, async ({ shortcut, client }: Args) => {
    const fields = { listener: 'shortcut', shortcut: shortcut.callback_id, user: shortcut.user.id };
    // Until the modal is open, the person is answered where the message stands.
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
/** Deeper than any message of Slack's: a message in an attachment, in it a container with a list. */
const DEEPEST = 30;

/**
 * The members of blocks and attachments in which people read something, in whatever kind of block they stand. What Slack
 * itself needs (ids, addresses, colours, the names of emoji) stands in others.
 */
const READ = new Set([
  ...['text', 'fallback', 'pretext', 'title', 'subtitle', 'subtext', 'footer', 'caption', 'description'],
  ...['author_name', 'author_subname', 'service_name', 'provider_name', 'alt_text', 'body', 'hint'],
  ...['label', 'x_label', 'y_label', 'categories', 'rows', 'details', 'output'],
]);

/** Everything a person can read in a message: its text, and every text in its blocks and attachments. */
export function messageTexts(message: unknown): readonly string[] {
  const read = object.safeParse(message);
  if (!read.success) return [];
  const { text, blocks, attachments } = read.data;
  return [...textsIn(text, true, 0), ...textsIn(blocks, false, 0), ...textsIn(attachments, false, 0)];
}

/** `isRead`: whether a text that stands here is one people read. */
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

/** The value of an attachment's field and the name of a line in a chart; those of buttons and emoji are not for people. */
function isReadIn(key: string, { title, type, data }: z.infer<typeof object>): boolean {
  return (
    (key === 'value' && typeof title === 'string' && type === undefined) ||
    (key === 'name' && Array.isArray(data))
  );
}
