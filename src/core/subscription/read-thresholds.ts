import { parseDuration } from '../../lib/duration.ts';
import type { Token } from '../filter/tokens.ts';
import { type Reading, refused, said } from './reading.ts';
import type { OwnThresholds } from './subscription.ts';

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
