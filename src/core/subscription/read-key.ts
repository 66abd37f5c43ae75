import { quoted } from '../filter/line-problem.ts';
import type { Token } from '../filter/tokens.ts';
import { ALL_KEYS, nearest } from '../filter/vocabulary.ts';
import { readKinds } from './read-kinds.ts';
import { readMentions } from './read-mention.ts';
import { readDigest, readExternal, readFailing, readQuiet, readStalled } from './read-values.ts';
import { readZone } from './read-zone.ts';
import { type Reading, refused, type Said, said } from './reading.ts';

/** Keys only subscriptions have. */
export const OWN_KEYS: ReadonlyMap<string, (token: Token) => Reading<Said>> = new Map([
  ['on', (token: Token) => as(readKinds(token), (kinds) => ({ kinds }))],
  ['mention', (token: Token) => as(readMentions(token), (mentions) => ({ mentions }))],
  ['failing', (token: Token) => as(readFailing(token), (thresholds) => ({ thresholds }))],
  ['stalled', (token: Token) => as(readStalled(token), (thresholds) => ({ thresholds }))],
  ['external', (token: Token) => as(readExternal(token), (external) => ({ external }))],
  ['quiet', (token: Token) => as(readQuiet(token), (quiet) => ({ quiet }))],
  ['digest', (token: Token) => as(readDigest(token), (digestAt) => ({ digestAt }))],
  ['zone', (token: Token) => as(readZone(token), (zone) => ({ zone }))],
]);

/** Whether only subscriptions have this key. */
export function isOwnKey(key: string): boolean {
  return OWN_KEYS.has(key);
}

/** Reads a word with one of the subscription-only keys. */
export function readOwnKey(token: Token, key: string): Reading<Said> {
  if (token.not) {
    const instead = key === 'on' ? '; name the kinds you want' : '';
    return refused(token, `\`${key}:\` cannot be negated${instead}`);
  }
  const read = OWN_KEYS.get(key);
  return read ? read(token) : refused(token, 'is no word of a subscription');
}

/** The problem for an unknown key that is probably a misspelt subscription key; null otherwise. */
export function misspeltOwnKey(token: Token, key: string): Reading<never> | null {
  const guess = ALL_KEYS.includes(key) ? null : nearest(key, [...ALL_KEYS, ...OWN_KEYS.keys()]);
  if (guess === null || !isOwnKey(guess)) return null;
  const rest = token.text.slice(token.text.search(/[:：]/));
  return refused(token, `${quoted(`${key}:`)} is no key of a subscription`, `${guess}${rest}`);
}

function as<Value>(reading: Reading<Value>, name: (value: Value) => Said): Reading<Said> {
  return reading.ok ? said(name(reading.value)) : reading;
}
