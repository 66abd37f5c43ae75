import { type FilterProblem, isNameField } from './filter.ts';
import { readSigns, type Sign } from './quotes.ts';
import { TEXT_KEYS } from './vocabulary.ts';

/** One word of a line, split at its first colon and at commas, unless quoted. */
export interface Token {
  /** As typed, for error messages. */
  readonly text: string;
  /** As read: without quotation marks, surrounding brackets and trailing punctuation. */
  readonly word: string;
  readonly not: boolean;
  /** The part before the colon, in lower case; null for a bare word. */
  readonly key: string | null;
  readonly values: readonly string[];
  /** True if any part of the value was quoted: it is then never read as a word of the grammar. */
  readonly quoted: boolean;
}

interface Scan {
  readonly tokens: readonly Token[];
  readonly problems: readonly FilterProblem[];
}

/** Every kind of dash, since phones turn short ones into long ones. */
const DASH = /[\p{Pd}\u2212]/u;
const BRACKETS = ['()', '[]', '{}'];
/** Punctuation that ends a sentence or clause. */
const STOPS = '.,;:!?…。、';

/** Splits a line into words. An unclosed quote is a problem: guessing its end could widen the question. */
export function tokenize(line: string): Scan {
  const { signs, unclosed } = readSigns(line);
  const words = wordsOf(signs);
  if (unclosed === null) return { tokens: words.map((word) => tokenOf(line, word)), problems: [] };
  const begins = words.at(-1)?.[0]?.at ?? unclosed.at;
  const word = line.slice(begins).trimEnd();
  const message = 'a quotation mark is opened and never closed';
  return {
    tokens: words.slice(0, -1).map((one) => tokenOf(line, one)),
    problems: [{ word, message, suggestion: `${word}${unclosed.closing}` }],
  };
}

function wordsOf(signs: readonly Sign[]): readonly (readonly Sign[])[] {
  const words: Sign[][] = [[]];
  for (const sign of signs) {
    if (isSign(sign, /\s/)) words.push([]);
    else words.at(-1)?.push(sign);
  }
  return words.filter((word) => word.length > 0);
}

function tokenOf(line: string, typed: readonly Sign[]): Token {
  const opened = withoutOpening(typed);
  const not = opened.length > 1 && isSign(opened[0], DASH);
  const all = not ? opened.slice(1) : opened;
  const colon = all.findIndex((sign) => sign.quoted || isSign(sign, /[:,]/));
  const hasKey = isSign(all[colon], /:/);
  const key = hasKey ? textOf(all.slice(0, colon)).toLowerCase() : null;
  const inAngles = isSign(typed[0], /</) && opened.length < typed.length;
  const value = withoutEnd(hasKey ? all.slice(colon + 1) : all, key, inAngles);
  return {
    text: textBetween(line, typed),
    word: textOf(withoutEnd(all, null, inAngles)),
    not,
    key,
    values: valuesOf(value),
    quoted: value.some(({ quoted }) => quoted),
  };
}

function valuesOf(signs: readonly Sign[]): readonly string[] {
  const values = [''];
  for (const sign of signs) {
    if (isSign(sign, /,/)) values.push('');
    else values[values.length - 1] += sign.character;
  }
  return values;
}

/** Drops opening brackets, but not those of a Slack mention. */
function withoutOpening(signs: readonly Sign[]): readonly Sign[] {
  const [first, second] = signs;
  const bracket = isSign(first, /[([{]/) || (isSign(first, /</) && !isSign(second, /[@!#]/));
  return bracket && second !== undefined ? withoutOpening(signs.slice(1)) : signs;
}

/**
 * Drops unmatched closing brackets and trailing punctuation. A name may end in a full stop, and a comma after a
 * key asks for another value.
 */
function withoutEnd(signs: readonly Sign[], key: string | null, inAngles: boolean): readonly Sign[] {
  const last = signs.at(-1);
  if (last === undefined || last.quoted || signs.length === 1) return signs;
  const isName = isNameField(TEXT_KEYS.get(key ?? '') ?? '');
  const stops = !isName && STOPS.includes(last.character) && (key === null || last.character !== ',');
  const ends = stops || closesNothing(signs, last) || (inAngles && last.character === '>');
  return ends ? withoutEnd(signs.slice(0, -1), key, inAngles) : signs;
}

function closesNothing(signs: readonly Sign[], { character }: Sign): boolean {
  const [open, close] = BRACKETS.find(([, closing]) => closing === character) ?? [];
  const count = (bracket: string | undefined) =>
    signs.filter((sign) => !sign.quoted && sign.character === bracket).length;
  return close !== undefined && count(close) > count(open);
}

function isSign(sign: Sign | undefined, pattern: RegExp): boolean {
  return sign !== undefined && !sign.quoted && pattern.test(sign.character);
}

function textOf(signs: readonly Sign[]): string {
  return signs.map(({ character }) => character).join('');
}

function textBetween(line: string, signs: readonly Sign[]): string {
  return line.slice(signs[0]?.at, signs.at(-1)?.end);
}
