import { withoutColon } from '../filter/bare-word.ts';
import type { Term } from '../filter/filter.ts';
import { parseTokens } from '../filter/parse-terms.ts';
import type { Token } from '../filter/tokens.ts';
import { ALL_KEYS } from '../filter/vocabulary.ts';
import { readBare } from './read-bare.ts';
import { isOwnKey, misspeltOwnKey, OWN_KEYS, readOwnKey } from './read-key.ts';
import { refuseStatus } from './read-kinds.ts';
import { type Reading, refused, type Said, said } from './reading.ts';

/** What one word adds to a wish: terms of the filter, or something besides it. */
export interface Heard {
  readonly terms: readonly Term[];
  readonly said: Said;
}

/** Reads one word of a line after `subscribe`. */
export function readWord(typed: Token): Reading<Heard> {
  const token = withoutColon(typed, [...ALL_KEYS, ...OWN_KEYS.keys()]);
  const beside = token.key === null ? readBare(token) : readKeyed(token, token.key);
  if (beside === null) return readFilterWord(token);
  return beside.ok ? said({ terms: [], said: beside.value }) : beside;
}

/** Null for filter keys and unknown keys. */
function readKeyed(token: Token, key: string): Reading<Said> | null {
  if (isOwnKey(key)) return readOwnKey(token, key);
  if (key === 'status') return refuseStatus(token);
  if (key === 'page' || key === 'size' || key === 'sort') {
    return refused(token, 'is for lists; a channel hears of every task that fits');
  }
  return misspeltOwnKey(token, key);
}

/**
 * A word read as in questions. A bare id is refused: it does not say whether it is a device or a task, and a
 * stored subscription cannot keep looking that up.
 */
function readFilterWord(token: Token): Reading<Heard> {
  const { terms, ids, problems } = parseTokens([token]);
  const [problem] = problems;
  if (problem !== undefined) return { ok: false, problem };
  const [id] = ids;
  if (id !== undefined) {
    const message = `an id needs to be told what it is the id of; that of a task is written \`task:…\``;
    return refused(token, message, `device:${id}`);
  }
  return terms.length > 0 ? said({ terms, said: {} }) : refused(token, 'is no word of a subscription');
}
