import type { Instant } from '../../lib/instant.ts';

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
