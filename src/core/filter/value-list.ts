/** Characters that end or begin a quotation in the grammar. */
const QUOTES = /["“”„]/;

/**
 * The values of a field that holds nothing else: parted by commas, blanks around them left out, and commas or blanks of
 * a value in quotation marks. Unlike on a line, blanks inside a value need none. Null when a quotation is not closed.
 */
export function splitValues(text: string): readonly string[] | null {
  const values: string[] = [];
  let current: Piece = EMPTY;
  let inQuotes = false;
  const characters = [...text];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const next = characters[at + 1] ?? '';
    if (inQuotes && character === '\\' && /["\\“”„]/.test(next)) {
      current = { text: current.text + next, kept: current.text.length + next.length, begun: true };
      at += 1;
    } else if (QUOTES.test(character)) {
      inQuotes = !inQuotes;
      current = { ...current, kept: current.text.length, begun: true };
    } else if (inQuotes) {
      current = { text: current.text + character, kept: current.text.length + character.length, begun: true };
    } else if (character === ',') {
      values.push(finished(current));
      current = EMPTY;
    } else if (current.begun || character.trim() !== '') {
      current = { ...current, text: current.text + character, begun: true };
    }
  }
  if (inQuotes) return null;
  values.push(finished(current));
  return [...new Set(values.filter((value) => value !== ''))];
}

/** A value being read: blanks before `kept` were quoted and stay. */
interface Piece {
  readonly text: string;
  readonly kept: number;
  readonly begun: boolean;
}

const EMPTY: Piece = { text: '', kept: 0, begun: false };

function finished({ text, kept }: Piece): string {
  return text.slice(0, kept) + text.slice(kept).trimEnd();
}

/** The way `splitValues` reads back unchanged. */
export function joinValues(values: readonly string[]): string {
  return values
    .map((value) =>
      /[,"“”„\\]/.test(value) || value.trim() !== value
        ? `"${value.replaceAll(/["“”„\\]/g, '\\$&')}"`
        : value,
    )
    .join(', ');
}
