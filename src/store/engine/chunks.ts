/**
 * Rows or ids per statement. Both engines limit how many values one statement binds; a smaller one also takes less memory
 * while it is built, and nobody waits long behind it.
 */
const CHUNK = 100;
/** Rows or ids per statement where they are one parameter (given-rows.ts): a few milliseconds' worth. */
const PORTION = 500;

/** Cuts a list into pieces small enough for one statement. An empty list has none. */
export function* inChunks<Item>(items: readonly Item[], size = CHUNK): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The same for statements that take them as one parameter. */
export function inPortions<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  return inChunks(items, PORTION);
}
