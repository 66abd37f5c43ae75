import { z } from 'zod';

const object = z.record(z.string(), z.unknown());
/** Deeper than any message of Slack's; what is deeper is not looked into. */
const DEEPEST = 12;

/** Everything a person can read in a message: its text, and every text in its blocks and attachments. */
export function messageTexts(message: unknown): readonly string[] {
  const read = object.safeParse(message);
  if (!read.success) return [];
  const { text, blocks, attachments } = read.data;
  return [text, ...textsIn(blocks, 0), ...textsIn(attachments, 0)].filter((one) => typeof one === 'string');
}

function textsIn(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  const read = object.safeParse(value);
  if (!read.success) return [];
  return Object.entries(read.data).flatMap(([key, inner]) => {
    if (typeof inner !== 'string') return textsIn(inner, depth + 1);
    return key === 'text' || key === 'fallback' ? [inner] : [];
  });
}
