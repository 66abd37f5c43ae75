import type { Token } from '../filter/tokens.ts';

/**
 * The words of a line, with the mentions that follow a `mention:` taken into it: Slack puts a blank after each name
 * picked from its list, so that people write `mention: @ops @night-shift`, which can mean nothing else.
 */
export function joinMentions(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last?.key === 'mention' && goesOn(last, token)) joined[joined.length - 1] = together(last, token);
    else joined.push(token);
  }
  return joined;
}

/** Only what Slack itself marks as a mention, or `@here` right after a bare `mention:` or a comma, and commas. */
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
  // A comma on either side of the blank, or none: one list. Two of them leave an empty name, which is refused later.
  const values =
    isOpen(last) || first === ''
      ? [...last.values.slice(0, -1), `${last.values.at(-1) ?? ''}${first}`, ...others]
      : [...last.values, ...token.values];
  return { ...last, text: `${last.text} ${token.text}`, word: `${last.word} ${token.word}`, values };
}
