import { withoutColon } from '../filter/bare-word.ts';
import { lineProblem } from '../filter/line-problem.ts';
import { type Token, tokenize } from '../filter/tokens.ts';
import { ALL_KEYS, nearest, WORDS } from '../filter/vocabulary.ts';
import { isSafeId } from '../task/ids.ts';

/**
 * The single id in a line, bare or after its key (`task:…`); null for anything else, including words of the
 * grammar.
 */
export function readId(line: string, of: 'task' | 'device'): string | null {
  if (lineProblem(line) !== null) return null;
  const { tokens, problems } = tokenize(line);
  const [token, ...more] = tokens;
  if (problems.length > 0 || token === undefined || more.length > 0 || token.not) return null;
  const id = idIn(withoutColon(token, ALL_KEYS), of);
  return id !== null && isSafeId(id) ? id : null;
}

function idIn({ key, values, quoted, word }: Token, of: 'task' | 'device'): string | null {
  const [value = '', ...others] = values;
  if (others.length > 0) return null;
  if (key === of) return value;
  if (key === null) return !quoted && WORDS.has(value.toLowerCase()) ? null : value;
  // Ids may contain colons (`urn:imei:4711`), but a key close to a known one is a typo.
  return quoted || nearest(key, ALL_KEYS) !== null ? null : word;
}
