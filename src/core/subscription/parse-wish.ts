import { findContradictions } from '../filter/contradictions.ts';
import type { FilterProblem, Term } from '../filter/filter.ts';
import { lineProblem, MAX_NORMAL_LENGTH, tooLong } from '../filter/line-problem.ts';
import { type Token, tokenize } from '../filter/tokens.ts';
import { printSubscription } from './print-subscription.ts';
import { isOwnKey } from './read-key.ts';
import { readWord } from './read-word.ts';
import { bothSaid, onlyHours, type Said } from './reading.ts';
import { DEFAULT_KINDS, type SubscriptionWish } from './subscription.ts';

export type WishReading =
  | { readonly ok: true; readonly wish: SubscriptionWish }
  | { readonly ok: false; readonly problems: readonly FilterProblem[] };

/**
 * Reads what follows `subscribe` or `unsubscribe`, as `commandText` returns it. Never throws and never asks for
 * more than the line says: one doubtful word rejects the whole line. Times without a zone stay as typed (see
 * `inZone`).
 */
export function parseSubscriptionWish(line: string): WishReading {
  const unreadable = lineProblem(line);
  if (unreadable) return { ok: false, problems: [unreadable] };
  const { tokens, problems: unclosed } = tokenize(line);
  const problems: FilterProblem[] = [...unclosed];
  const terms: Term[] = [];
  const keys = new Set<string>();
  let beside: Said = {};
  for (const token of joinMentions(tokens)) {
    const reading = readWord(token);
    if (!reading.ok) {
      problems.push(reading.problem);
      continue;
    }
    if (token.key !== null && keys.has(token.key)) {
      problems.push({ word: token.text, message: `\`${token.key}:\` stands twice`, suggestion: null });
    }
    if (token.key !== null && isOwnKey(token.key)) keys.add(token.key);
    terms.push(...reading.value.terms);
    beside = bothSaid(beside, reading.value.said);
  }
  if (problems.length > 0) return { ok: false, problems };
  const contradictions = findContradictions(terms);
  if (contradictions.length > 0) return { ok: false, problems: contradictions };
  const wish = { terms, ...beside, hoursOnly: terms.length === 0 && onlyHours(beside) };
  return isTooLong(wish) ? { ok: false, problems: [tooLong(line)] } : { ok: true, wish };
}

/** The normal form must be parseable again and fit into buttons. */
function isTooLong({ terms, kinds, mentions, thresholds, external }: SubscriptionWish): boolean {
  const printed = printSubscription({
    terms,
    kinds: kinds ?? DEFAULT_KINDS,
    mentions: mentions ?? [],
    thresholds: thresholds ?? {},
    ...(external && { external }),
  });
  return [...printed].length > MAX_NORMAL_LENGTH;
}

/**
 * Merges mentions after a `mention:` into it. Slack adds a space after each name picked from its list, so people
 * write `mention: @ops @night-shift`, which can only mean this.
 */
function joinMentions(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last?.key === 'mention' && goesOn(last, token)) joined[joined.length - 1] = together(last, token);
    else joined.push(token);
  }
  return joined;
}

/** Only Slack's own mention markup, commas, and `@here` right after a bare `mention:` or a comma. */
function goesOn(last: Token, token: Token): boolean {
  if (token.key !== null || token.not || token.quoted) return false;
  return token.values.every(
    (value) => value === '' || /^<[@!][^<>]*>$/.test(value) || (isOpen(last) && /^@here$/i.test(value)),
  );
}

function isOpen(token: Token): boolean {
  return token.values.at(-1) === '';
}

function together(last: Token, token: Token): Token {
  const [first = '', ...others] = token.values;
  // One list, with or without a comma on one side of the space. Commas on both sides leave an empty name, refused
  // later.
  const values =
    isOpen(last) || first === ''
      ? [...last.values.slice(0, -1), `${last.values.at(-1) ?? ''}${first}`, ...others]
      : [...last.values, ...token.values];
  return { ...last, text: `${last.text} ${token.text}`, word: `${last.word} ${token.word}`, values };
}
