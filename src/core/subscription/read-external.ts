import type { Token } from '../filter/tokens.ts';
import { type Reading, refused, said } from './reading.ts';

/** `external:yes`: what is told may be read by other organisations the channel is shared with; `external:no` takes it back. */
export function readExternal(token: Token): Reading<boolean> {
  const value = token.values.join(',').toLowerCase();
  if (value === 'yes' || value === 'no') return said(value === 'yes');
  const guess = /^(?:y|ja|on|true|ok|allow(?:ed)?)$/.test(value)
    ? 'external:yes'
    : /^(?:n|nein|off|none|false)$/.test(value)
      ? 'external:no'
      : null;
  return refused(
    token,
    'say `external:yes` where other organisations may read what is told, or `external:no`',
    guess,
  );
}
