import { isSafeId } from '../task/ids.ts';
import { type Draft, problem } from './draft.ts';
import type { FilterProblem } from './filter.ts';
import { quoted } from './line-problem.ts';
import type { Token } from './tokens.ts';
import { inNormalOrder, nearest, nearestOpposite, WORDS } from './vocabulary.ts';

const DASHES = /^[\p{Pd}\u2212]+$/u;

/** Treats a word whose colon has nothing after it (`failed: what now`) as a bare one, unless it is close to a key. */
export function withoutColon(token: Token, keys: readonly string[]): Token {
  const { key, values, quoted: isQuoted, word } = token;
  const isKey = key === null || key === '' || isQuoted || values.join() !== '' || nearest(key, keys) !== null;
  return isKey ? token : { ...token, key: null, values: [word] };
}

/** Reads a word without a key: one of the grammar, or a possible id. Returns the problem with it, or null. */
export function readBare(token: Token, draft: Draft): FilterProblem | null {
  const word = token.values[0] ?? '';
  if (!token.quoted && word.toLowerCase() === 'private' && token.values.length === 1) {
    if (token.not) return problem(token, '`private` cannot be negated');
    draft.private = true;
    return null;
  }
  const meanings = token.quoted ? [] : token.values.map((value) => WORDS.get(value.toLowerCase()));
  const first = meanings[0];
  if (first && meanings.every((meaning) => meaning?.field === first.field)) {
    const values = meanings.flatMap((meaning) => meaning?.values ?? []);
    draft.terms.push({ field: first.field, values: inNormalOrder(values), not: token.not });
    return null;
  }
  if (token.values.length > 1) return mixedList(token);
  if (DASHES.test(word) && !token.quoted) {
    return problem(token, 'means *not* right before a word, without a blank between them');
  }
  const guess = token.quoted || /\d/.test(word) ? null : likelyBare(token, word);
  if (guess !== null) return problem(token, 'is no word of a filter', guess);
  if (token.not) {
    const isId = isSafeId(word) && /\d/.test(word);
    return problem(token, 'only a word or a `key:value` can be negated', isId ? `-device:${word}` : null);
  }
  if (!isSafeId(word)) {
    return problem(token, 'is neither a word of a filter nor an id (letters, digits, `.` `_` `:` `-`)');
  }
  draft.ids.push(word);
  return null;
}

/** What an unknown bare word probably meant, including its minus; null if nothing is close. */
function likelyBare({ not }: Token, word: string): string | null {
  const words = [...WORDS.keys(), 'private'];
  const guess = nearest(word, words);
  if (guess !== null) return `${not ? '-' : ''}${guess}`;
  const opposite = nearestOpposite(word, WORDS.keys());
  // Two dashes in a row are one minus; two other negation signs are too ambiguous to guess.
  return opposite === null || (not && !/^[\p{Pd}\u2212]/u.test(word)) ? null : `-${opposite}`;
}

function mixedList(token: Token): FilterProblem {
  const unknown = token.values.find((value) => !WORDS.has(value.toLowerCase()));
  if (unknown === undefined) {
    return problem(token, 'a list with commas holds either statuses or types, not both');
  }
  return problem(token, `${quoted(unknown)} is no word of a filter`, nearest(unknown, WORDS.keys()));
}
