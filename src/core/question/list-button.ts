import { z } from 'zod';
import type { Instant } from '../../lib/instant.ts';
import type { ListRequest } from '../filter/filter.ts';
import { parseTerms, toListRequest } from '../filter/parse-terms.ts';
import { printRequest } from '../filter/print-filter.ts';

/** Slack's limit for a button's value, in code points. */
const VALUE_LIMIT = 2_000;

const moment = z.number().int().min(0).max(8.64e15);
const value = z.object({
  /** The question in normal form. */
  q: z.string(),
  /** The anchor: created up to, lead, asked at. */
  a: z.tuple([moment, z.number().int().min(0).max(100), moment]).optional(),
});

/** What a list's buttons carry. */
export interface ListButton {
  readonly request: ListRequest;
  readonly anchor: Anchor | null;
}

/** The value of a list's button: the plain question if there is no anchor. Null if it is too long for a button. */
export function printListButton({ request, anchor }: ListButton): string | null {
  // The first page of all tasks has an empty normal form; `page:1` keeps the value from being empty.
  const q = printRequest(request) || 'page:1';
  const printed =
    anchor === null ? q : JSON.stringify({ q, a: [anchor.createdUpTo, anchor.lead, anchor.askedAt] });
  return [...printed].length <= VALUE_LIMIT ? printed : null;
}

/**
 * Reads the value of a list's button. Values come from outside, so they are parsed like typed lines; null if there
 * is no valid question in it.
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

/** Slack's limit for a `block_id`. */
const BLOCK_ID_LIMIT = 255;
const BLOCK_PREFIX = 'list:';

/**
 * The question as the `block_id` around a list's size menu: the menu's options have no room for it, and Slack does
 * not send an ephemeral message along with its actions. Null if it is too long.
 */
export function printListBlockId(request: ListRequest): string | null {
  const q = printRequest({ ...request, page: 1 });
  if (!q.isWellFormed()) return null;
  const id = `${BLOCK_PREFIX}${encodeURIComponent(q)}`;
  return id.length <= BLOCK_ID_LIMIT ? id : null;
}

/** Reads a list's `block_id` as carefully as a button's value. */
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
 * Keeps a list's pages consistent while tasks are added, by fixing the creation time up to which tasks belong to
 * it. Otherwise a newer task would push the others down, and one would appear on two pages.
 */
export interface Anchor {
  /** The newest `createTime` in the mirror when the list was first shown. Tasks created later are left out. */
  readonly createdUpTo: Instant;
  /** Number of later tasks on the first page anyway, because it was read from the platform. */
  readonly lead: number;
  /** When it was first shown: `before:1h` keeps meaning an hour before that. */
  readonly askedAt: Instant;
}

/** Which of the anchored tasks make up a page. The first page holds `lead` fewer of them than its size. */
export function anchoredSpan(
  anchor: Anchor,
  { page, size }: { readonly page: number; readonly size: number },
): { readonly offset: number; readonly limit: number } {
  if (page === 1) return { offset: 0, limit: Math.max(0, size - anchor.lead) };
  return { offset: Math.max(0, (page - 1) * size - anchor.lead), limit: size };
}
