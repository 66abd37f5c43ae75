import { quoted } from '../filter/line-problem.ts';
import type { Token } from '../filter/tokens.ts';
import { WORDS } from '../filter/vocabulary.ts';
import { inKindOrder, kindsOf, nearestKind, oppositeKind } from './kind-words.ts';
import { looksLikeMention } from './read-mention.ts';
import { type Reading, refused, type Said, said } from './reading.ts';

const TYPE_WORDS = [...WORDS].filter(([, { field }]) => field === 'type').map(([word]) => word);

/**
 * Reads bare words that mean something different here than in questions: a status stands for the change that leads
 * to it. Null for words that belong to the filter.
 */
export function readBare(token: Token): Reading<Said> | null {
  const text = token.values.join(',');
  if (token.quoted || /^fail\s*[<>=]/i.test(text)) return null;
  const kinds = token.values.map(kindsOf).filter((kind) => kind !== null);
  if (kinds.length === token.values.length) {
    return token.not ? refuseNegated(token) : said({ kinds: inKindOrder(kinds.flat()) });
  }
  if (token.values.every((value) => TYPE_WORDS.includes(value.toLowerCase()))) return null;
  if (/^private?$/i.test(text))
    return refused(token, 'is for questions; what is told is told to the channel');
  if (/^all$/i.test(text)) return refused(token, 'is said of the kinds of change', 'on:all');
  if (token.values.some(looksLikeMention)) {
    return refused(token, 'whom to call is said with `mention:`', `mention:${text}`);
  }
  const compared = /^(failing|stalled)[<>=]+(.+)$/i.exec(text);
  if (compared) return refused(token, 'is written with a colon', `${compared[1]}:${compared[2]}`);
  return token.values.length > 1 ? refuseList(token) : misspelt(token, text);
}

function refuseNegated(token: Token): Reading<never> {
  return refused(
    token,
    'a kind of change cannot be left out; name those you want, as in `on:failed,stalled`',
  );
}

function refuseList(token: Token): Reading<never> {
  const unknown = token.values.find((value) => nearestWord(value) !== value.toLowerCase());
  if (unknown === undefined) {
    return refused(token, 'a list with commas holds either kinds of change or types, not both');
  }
  return refused(token, `${quoted(unknown)} is no word of a subscription`, nearestWord(unknown));
}

/** Words with digits are more likely ids. */
function misspelt(token: Token, word: string): Reading<never> | null {
  const guess = /\d/.test(word) ? null : nearestWord(word);
  if (guess === null) return oppositeKind(word) === null ? null : refuseNegated(token);
  const isType = TYPE_WORDS.includes(guess);
  if (token.not && !isType) return refuseNegated(token);
  return refused(token, 'is no word of a subscription', `${token.not ? '-' : ''}${guess}`);
}

/** The closest bare word of a subscription; the word itself if it is one. */
function nearestWord(word: string): string | null {
  return nearestKind(word, TYPE_WORDS);
}
