import { z } from 'zod';
import type { Instant } from '../../lib/instant.ts';
import type { ListRequest } from '../filter/filter.ts';
import { parseTerms, toListRequest } from '../filter/parse-terms.ts';
import { printRequest } from '../filter/print-filter.ts';

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

/** The value of a list's button: the plain question where that says it all. Null when it is too long for a button. */
export function printListButton({ request, anchor }: ListButton): string | null {
  // The first page of all tasks has an empty normal form; it is said in full, so that no value is ever empty.
  const q = printRequest(request) || 'page:1';
  const printed =
    anchor === null ? q : JSON.stringify({ q, a: [anchor.createdUpTo, anchor.lead, anchor.askedAt] });
  return [...printed].length <= VALUE_LIMIT ? printed : null;
}

/**
 * Reads the value of a list's button. Values come from outside:
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

/** Longest name of a block that Slack takes. */
const BLOCK_ID_LIMIT = 255;
const BLOCK_PREFIX = 'list:';

/**
 * The question as the name of the block its size choice stands in: the options of a choice have no room for it, and an
 * ephemeral message is not sent along when something in it is pressed. Null when it is too long.
 */
export function printListBlockId(request: ListRequest): string | null {
  const q = printRequest({ ...request, page: 1 });
  if (!q.isWellFormed()) return null;
  const id = `${BLOCK_PREFIX}${encodeURIComponent(q)}`;
  return id.length <= BLOCK_ID_LIMIT ? id : null;
}

/** Reads the name of a list's block as carefully as the value of a button. */
export function readListBlockId(blockId: string): ListRequest | null {
  if (!blockId.startsWith(BLOCK_PREFIX)) return null;
  try {
    return readListButton(decodeURIComponent(blockId.slice(BLOCK_PREFIX.length)))?.request ?? null;
  } catch {
    return null;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What holds the pages of a list together while tasks are added: the moment up to which tasks belong to it. A task
 * created later would push all others down, so that one of them stood on two pages.
 */
export interface Anchor {
  /** The newest `createTime` the mirror knew when the list was first shown. Tasks created later are left out. */
  readonly createdUpTo: Instant;
  /** Tasks created later that stood on the first page all the same, because the platform answered it. */
  readonly lead: number;
  /** When it was first shown: `before:1h` goes on meaning an hour before that. */
  readonly askedAt: Instant;
}

/** Which of the anchored tasks make up a page: the first page showed `lead` fewer of them than it has room for. */
export function anchoredSpan(
  anchor: Anchor,
  { page, size }: { readonly page: number; readonly size: number },
): { readonly offset: number; readonly limit: number } {
  if (page === 1) return { offset: 0, limit: Math.max(0, size - anchor.lead) };
  return { offset: Math.max(0, (page - 1) * size - anchor.lead), limit: size };
}
