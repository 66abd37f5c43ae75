/** Each item with a key of its own: its name, and for those of the same name which of them it is. */
export function keyed<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): readonly { key: string; item: T }[] {
  const met = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const before = met.get(name) ?? 0;
    met.set(name, before + 1);
    return { key: `${name} ${before}`, item };
  });
}
