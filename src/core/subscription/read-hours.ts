import type { Token } from '../filter/tokens.ts';
import { isOff, type Reading, refused, said } from './reading.ts';
import type { QuietHours } from './subscription.ts';
import { readTimeOfDay } from './time-of-day.ts';

/** `quiet:22:00-07:00`, `quiet:10pm-7am`, or `quiet:off`; dashes of all lengths. */
export function readQuiet(token: Token): Reading<QuietHours | 'off'> {
  const text = token.values.join(',');
  if (isOff(text)) return said('off');
  const [from = null, until = null, ...more] = text.split(/[\p{Pd}\u2212]/u).map(readTimeOfDay);
  if (from === null || until === null || more.length > 0) {
    return refused(token, 'write from when to when, as in `quiet:22:00-07:00`, or `quiet:off`');
  }
  if (from === until) {
    return refused(
      token,
      'is empty, since it ends when it begins; write `quiet:22:00-07:00`, or `quiet:off`',
    );
  }
  return said({ from, until });
}

/** `digest:09:00`, `digest:9am`, or `digest:off`: minutes since midnight. */
export function readDigest(token: Token): Reading<number | 'off'> {
  const text = token.values.join(',');
  if (isOff(text)) return said('off');
  const minutes = readTimeOfDay(text);
  return minutes === null
    ? refused(token, 'write a time of day, as in `digest:09:00`, or `digest:off`')
    : said(minutes);
}
