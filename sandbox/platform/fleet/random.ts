/** A source of numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** A repeatable source of randomness (the mulberry32 generator): the same seed gives the same fleet. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** So many random hexadecimal digits. */
export function randomHex(random: Random, digits: number): string {
  let text = '';
  for (let i = 0; i < digits; i += 1) text += Math.floor(random() * 16).toString(16);
  return text;
}

/** An id in the form the platform gives its devices. */
export function randomDeviceId(random: Random): string {
  return `${randomHex(random, 8)}-0000-4000-8000-${randomHex(random, 12)}`;
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const copy = items.slice();
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    // Both indexes lie inside the array, so both items are there even where Item admits undefined.
    [copy[i], copy[j]] = [copy[j] as Item, copy[i] as Item];
  }
  return copy;
}
