import { needsQuotes, quote, readSigns, type Sign } from './quotes.ts';

/**
 * Splits a field's text at commas, trimming each value. Commas and outer spaces in a value need quotation marks;
 * spaces inside it do not, unlike on a line. Null if a quotation is not closed.
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

/** In the form `splitValues` reads back unchanged. */
export function joinValues(values: readonly string[]): string {
  return values
    .map((value) =>
      needsQuotes(value) || value.includes(',') || value.trim() !== value ? quote(value) : value,
    )
    .join(', ');
}
