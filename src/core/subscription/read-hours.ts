import type { Token } from '../filter/tokens.ts';
import type { QuietHours } from '../subscription.ts';
import { isOff, type Reading, refused, said } from './reading.ts';

/** `quiet:22:00-07:00` by the 24-hour clock, or `quiet:off`. `7:00` and `22-7` are forgiven, dashes of all lengths too. */
export function readQuiet(token: Token): Reading<QuietHours | 'off'> {
  const text = token.values.join(',');
  if (isOff(text)) return said('off');
  const [start = '', end = '', ...more] = text.split(/[-–—]/).map((part) => part.trim());
  const from = timeOfDay(start);
  const until = /^24(?::00)?$/.test(end) ? 0 : timeOfDay(end);
  if (from === null || until === null || more.length > 0) {
    return refused(token, 'write `quiet:22:00-07:00` by the 24-hour clock, or `quiet:off`');
  }
  if (from === until) {
    return refused(
      token,
      'is empty, since it ends when it begins; write `quiet:22:00-07:00`, or `quiet:off`',
    );
  }
  return said({ from, until });
}

/** `digest:09:00` by the 24-hour clock, or `digest:off`: minutes since midnight. */
export function readDigest(token: Token): Reading<number | 'off'> {
  const text = token.values.join(',');
  if (isOff(text)) return said('off');
  const minutes = timeOfDay(text.trim());
  if (minutes !== null) return said(minutes);
  return refused(token, 'write `digest:09:00` by the 24-hour clock, or `digest:off`');
}

/** Minutes since midnight; null for what no clock of 24 hours shows. */
function timeOfDay(text: string): number | null {
  const match = /^([01]?\d|2[0-3])(?::([0-5]\d))?$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2] ?? 0) : null;
}
