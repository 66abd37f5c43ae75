/**
 * The new value with every part that equals its predecessor replaced by that predecessor. A snapshot is whole each
 * time; without this every message would be drawn anew whenever anything changes anywhere.
 */
export function keepSame<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) {
    const kept = after.map((item: unknown, index) => keepSame(before[index], item));
    const same = before.length === kept.length && kept.every((item, index) => Object.is(item, before[index]));
    // Deep equality was just established, so that the older value is of the newer one's type.
    return (same ? before : kept) as T;
  }
  if (!isRecord(before) || !isRecord(after)) return after;
  const kept = Object.fromEntries(
    Object.entries(after).map(([key, item]) => [key, keepSame(before[key], item)]),
  );
  const keys = Object.keys(kept);
  const same = keys.length === Object.keys(before).length && keys.every((key) => kept[key] === before[key]);
  // As above.
  return (same ? before : kept) as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
