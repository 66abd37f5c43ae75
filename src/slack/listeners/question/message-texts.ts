import { z } from 'zod';

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
