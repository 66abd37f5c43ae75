import { parseDuration } from '../../lib/duration.ts';
import type { Token } from '../filter/tokens.ts';
import { isOff, type Reading, refused, said } from './reading.ts';
import type { OwnThresholds, QuietHours } from './subscription.ts';
import { readTimeOfDay } from './time-of-day.ts';

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

/** As the setting FAILING_MIN_DEVICES. */
const MOST_DEVICES = 1_000_000;

/** `failing:10%` or `failing:10%,20`: percent of the finished devices, and how many must have finished. */
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

/** `stalled:2h`: how long no counter moved. */
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

/** `10` and `10,20` lack the percent sign; in `2,5%` the comma is meant for a point. */
function likely(text: string): string | null {
  const signed = text.replace(/^([\d.]+)(?=,|$)/, '$1%');
  const pointed = text.replace(/^(\d+),(\d+%)/, '$1.$2');
  const guess = [pointed, signed].find((one) => failingOf(one) !== null);
  return guess === undefined ? null : `failing:${guess}`;
}
