import { CHANGE_KINDS, type ChangeKind } from '../change/changes.ts';
import { quoted } from '../filter/line-problem.ts';
import type { Token } from '../filter/tokens.ts';
import { inKindOrder, kindsOf, nearestKind } from './kind-words.ts';
import { type Reading, refused, said } from './reading.ts';

/** `on:failed,stalled` or `on:all`: the kinds of change to be notified of, in their fixed order. */
export function readKinds(token: Token): Reading<readonly ChangeKind[]> {
  const kinds: ChangeKind[] = [];
  for (const value of token.values) {
    const meant = value.toLowerCase() === 'all' ? CHANGE_KINDS : kindsOf(value);
    if (meant === null) return unknownKind(token, value);
    kinds.push(...meant);
  }
  return said(inKindOrder(kinds));
}

function unknownKind(token: Token, value: string): Reading<never> {
  if (value === '') return refused(token, '`on:` needs a kind of change after it', 'on:failed,stalled');
  const guess = nearestKind(value);
  const known = guess === null ? `; there are ${CHANGE_KINDS.map((kind) => `\`${kind}\``).join(' ')}` : '';
  const values = token.values.map((other) => (other === value ? guess : other));
  return refused(
    token,
    `${quoted(value)} is no kind of change${known}`,
    guess === null ? null : `on:${values.join(',')}`,
  );
}

/**
 * Refuses `status:` in a subscription: channels are notified of changes, and a status is the state between two
 * changes.
 */
export function refuseStatus(token: Token): Reading<never> {
  const kinds = token.values.map((value) => kindsOf(value) ?? kindsOf(nearestKind(value) ?? ''));
  const known = kinds.filter((kind) => kind !== null);
  const whole = known.length === kinds.length && !token.not;
  return refused(
    token,
    'a subscription hears of changes; say which with `on:`',
    whole ? `on:${inKindOrder(known.flat()).join(',')}` : null,
  );
}
