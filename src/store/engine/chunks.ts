/**
 * Rows or ids per statement. Both engines limit bound values; small statements also need less memory and do
 * not block others for long.
 */
const CHUNK = 100;
/** Rows or ids per statement when they are one parameter (given-rows.ts): a few milliseconds of work. */
const PORTION = 500;

/** Splits a list into pieces small enough for one statement. An empty list yields none. */
export function* inChunks<Item>(items: readonly Item[], size = CHUNK): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The same for statements that take the list as one parameter. */
export function inPortions<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  return inChunks(items, PORTION);
}
