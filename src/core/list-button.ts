import { z } from 'zod';
import type { ListRequest } from './filter/filter.ts';
import { parseTerms, toListRequest } from './filter/parse-terms.ts';
import { printRequest } from './filter/print-filter.ts';
import type { Anchor } from './list-anchor.ts';

/** Longest value of a button that Slack takes, in code points. */
const VALUE_LIMIT = 2_000;

const moment = z.number().int().min(0).max(8.64e15);
const value = z.object({
  /** The question in normal form. */
  q: z.string(),
  /** The anchor: created up to, lead, asked at. */
  a: z.tuple([moment, z.number().int().min(0).max(100), moment]).optional(),
});

/** What the buttons of a list carry. */
export interface ListButton {
  readonly request: ListRequest;
  readonly anchor: Anchor | null;
}

/** The value of a list's button; null when the question is too long for one. */
export function printListButton({ request, anchor }: ListButton): string | null {
  // The first page of all tasks has an empty normal form; it is said in full, so that no value is ever empty.
  const q = printRequest(request) || 'page:1';
  const a = anchor === null ? undefined : [anchor.createdUpTo, anchor.lead, anchor.askedAt];
  const printed = JSON.stringify({ q, a });
  return [...printed].length <= VALUE_LIMIT ? printed : null;
}

/**
 * Reads the value of a list's button, or a plain line as buttons of older messages carry it. Values come from outside:
 * they are parsed like typed lines, and null means that there is no question in it.
 */
export function readListButton(text: string): ListButton | null {
  const read = text.startsWith('{') ? value.safeParse(json(text)) : null;
  if (read && !read.success) return null;
  const parsed = parseTerms(read ? read.data.q : text);
  if (parsed.problems.length > 0 || parsed.ids.length > 0) return null;
  const [createdUpTo, lead, askedAt] = read?.data.a ?? [];
  const anchor =
    createdUpTo === undefined || lead === undefined || askedAt === undefined
      ? null
      : { createdUpTo, lead, askedAt };
  return { request: toListRequest(parsed), anchor };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
