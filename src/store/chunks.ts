/** Rows or ids per statement: both engines limit how many values one statement binds. */
const CHUNK = 500;

/** Cuts a list into pieces small enough for one statement. An empty list has none. */
export function* inChunks<Item>(items: readonly Item[], size = CHUNK): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
