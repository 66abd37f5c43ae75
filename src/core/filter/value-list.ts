import { needsQuotes, quote, readSigns, type Sign } from './quotes.ts';

/**
 * The values of a field that holds nothing else: parted by commas, blanks around them left out, and commas or blanks of
 * a value in quotation marks. Unlike on a line, blanks inside a value need none. Null when a quotation is not closed.
 */
export function splitValues(text: string): readonly string[] | null {
  const { signs, unclosed } = readSigns(text);
  if (unclosed !== null) return null;
  const values: Sign[][] = [[]];
  for (const sign of signs) {
    if (!sign.quoted && sign.character === ',') values.push([]);
    else values.at(-1)?.push(sign);
  }
  return [...new Set(values.map(trimmed).filter((value) => value !== ''))];
}

function trimmed(signs: readonly Sign[]): string {
  const isKept = ({ character, quoted }: Sign) => quoted || character.trim() !== '';
  return signs
    .slice(Math.max(0, signs.findIndex(isKept)), signs.findLastIndex(isKept) + 1)
    .map(({ character }) => character)
    .join('');
}

/** The way `splitValues` reads back unchanged. */
export function joinValues(values: readonly string[]): string {
  return values
    .map((value) =>
      needsQuotes(value) || value.includes(',') || value.trim() !== value ? quote(value) : value,
    )
    .join(', ');
}
