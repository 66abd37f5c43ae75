import type { FilterProblem } from './filter.ts';

/** One word of a line, split at its first colon outside quotes and at commas outside quotes. */
export interface Token {
  /** As typed, for the answer to a mistake. */
  readonly text: string;
  readonly not: boolean;
  /** What stands before the colon, in lower case; null for a bare word. */
  readonly key: string | null;
  readonly values: readonly string[];
  /** True when any part of the value was quoted: then it is never read as a word of the grammar. */
  readonly quoted: boolean;
}

const QUOTES = /["“”„]/;
/** Line feeds and tabs separate words as spaces do; other control characters are refused before this is reached. */
const SPACE = /\s/;

interface Scan {
  readonly tokens: readonly Token[];
  readonly problems: readonly FilterProblem[];
}

/** Splits a line into words. An unclosed quote is a problem, since guessing its end could widen the question. */
export function tokenize(line: string): Scan {
  const tokens: Token[] = [];
  const characters = [...line];
  let position = 0;
  while (position < characters.length) {
    if (SPACE.test(characters[position] ?? '')) {
      position += 1;
      continue;
    }
    const word = readWord(characters, position);
    if (word.unclosed) {
      return {
        tokens,
        problems: [
          {
            word: word.text,
            message: 'a quotation mark is opened and never closed',
            suggestion: `${word.text}"`,
          },
        ],
      };
    }
    tokens.push(word.token);
    position = word.end;
  }
  return { tokens, problems: [] };
}

function readWord(characters: readonly string[], start: number) {
  let position = start;
  const not = characters[position] === '-' && !SPACE.test(characters[position + 1] ?? ' ');
  if (not) position += 1;
  let key: string | null = null;
  let current = '';
  let inQuotes = false;
  let quoted = false;
  const values: string[] = [];
  for (; position < characters.length; position += 1) {
    const character = characters[position] ?? '';
    if (inQuotes && character === '\\' && /["\\“”„]/.test(characters[position + 1] ?? '')) {
      current += characters[position + 1];
      position += 1;
    } else if (QUOTES.test(character)) {
      inQuotes = !inQuotes;
      quoted = true;
    } else if (inQuotes) {
      current += character;
    } else if (SPACE.test(character)) {
      break;
    } else if (character === ':' && key === null && values.length === 0 && !quoted) {
      key = current.toLowerCase();
      current = '';
    } else if (character === ',') {
      values.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  values.push(current);
  const text = characters.slice(start, position).join('');
  return { token: { text, not, key, values, quoted }, text, end: position, unclosed: inQuotes };
}
