import { parseDuration } from '../../lib/duration.ts';
import type { Token } from '../filter/tokens.ts';
import { isOff, type Reading, refused, said } from './reading.ts';
import type { OwnThresholds, QuietHours } from './subscription.ts';

/**
 * `external:yes`: posts may be read by other organisations the channel is shared with; `external:no` reverses
 * that.
 */
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

/** `quiet:22:00-07:00`, `quiet:10pm-7am`, or `quiet:off`; any kind of dash. */
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

/** Same limit as the setting FAILING_MIN_DEVICES. */
const MOST_DEVICES = 1_000_000;

/** `failing:10%` or `failing:10%,20`: percentage of the finished devices, and how many must have finished. */
export function readFailing(token: Token): Reading<OwnThresholds> {
  const text = token.values.join(',');
  const thresholds = failingOf(text);
  if (thresholds !== null) return said(thresholds);
  return refused(
    token,
    'write `failing:10%`, or `failing:10%,20` to wait until 20 devices have finished',
    likely(text),
  );
}

/** `stalled:2h`: milliseconds without any counter moving. */
export function readStalled(token: Token): Reading<OwnThresholds> {
  const stalledAfter = parseDuration(token.values.join(',').toLowerCase());
  if (stalledAfter !== null) return said({ stalledAfter });
  return refused(token, 'is no length of time; write `stalled:90m`, `stalled:6h` or `stalled:2d`');
}

function failingOf(text: string): OwnThresholds | null {
  const match = /^(\d{1,3}(?:\.\d{1,2})?)%(?:,(\d{1,7}))?$/.exec(text);
  const failingPercent = Number(match?.[1]);
  if (!(failingPercent > 0 && failingPercent <= 100)) return null;
  if (match?.[2] === undefined) return { failingPercent };
  const failingMinDevices = Number(match[2]);
  return failingMinDevices >= 1 && failingMinDevices <= MOST_DEVICES
    ? { failingPercent, failingMinDevices }
    : null;
}

/** `10` and `10,20` lack the percent sign; in `2,5%` the comma is a decimal point. */
function likely(text: string): string | null {
  const signed = text.replace(/^([\d.]+)(?=,|$)/, '$1%');
  const pointed = text.replace(/^(\d+),(\d+%)/, '$1.$2');
  const guess = [pointed, signed].find((one) => failingOf(one) !== null);
  return guess === undefined ? null : `failing:${guess}`;
}

/**
 * Minutes since midnight for a time of day as people write it: `9`, `09:00`, `9.30`, `0930`, `9h30`, `9am`, `9:30
 * p.m.`, `noon`, `midnight`, `24:00`. Null for anything else.
 */
export function readTimeOfDay(text: string): number | null {
  const time = text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
  const named = NAMED.get(time);
  if (named !== undefined) return named;
  const [, typedHours, typedMinutes, half] =
    /^(\d{1,2})(?:(?:[:.h]|(?<=\d\d))(\d{2})|h)?(?:([ap])\.?m\.?)?$/.exec(time) ?? [];
  if (typedHours === undefined) return null;
  const [hours, minutes] = [Number(typedHours), Number(typedMinutes ?? 0)];
  if (minutes > 59) return null;
  if (half === undefined) return hours < 24 ? hours * 60 + minutes : null;
  return hours >= 1 && hours <= 12 ? ((hours % 12) + (half === 'p' ? 12 : 0)) * 60 + minutes : null;
}

/** Midnight is the start of a day, even when written as 24:00. */
const NAMED: ReadonlyMap<string, number> = new Map([
  ['noon', 720],
  ['midday', 720],
  ['midnight', 0],
  ['24', 0],
  ['24h', 0],
  ['24:00', 0],
  ['24.00', 0],
  ['2400', 0],
]);
