import { describe, expect, test } from '@jest/globals';
import {
  applyHours,
  applyWish,
  idleThresholds,
  needsZone,
  saysHours,
} from '../../../src/core/subscription/apply-wish.ts';
import { parseSubscriptionWish } from '../../../src/core/subscription/parse-wish.ts';
import { printSubscription } from '../../../src/core/subscription/print-subscription.ts';
import { DEFAULT_KINDS } from '../../../src/core/subscription/subscription.ts';
import fc from '../../properties.ts';
import { anyContent } from './random-wishes.ts';

function wish(line: string) {
  const read = parseSubscriptionWish(line);
  if (!read.ok) throw new Error(`${line}: ${JSON.stringify(read.problems)}`);
  return read.wish;
}

const before = applyWish(null, wish('firmware on:failed,stalled mention:@here failing:10%,20 stalled:2h'));

describe('a wish', () => {
  test('alone means what is usual', () => {
    expect(applyWish(null, wish(''))).toEqual({
      terms: [],
      kinds: DEFAULT_KINDS,
      mentions: [],
      thresholds: {},
    });
  });

  test.each([
    ['firmware', 'firmware on:failed,stalled mention:<!here> failing:10%,20 stalled:2h'],
    ['firmware on:succeeded', 'firmware on:succeeded mention:<!here> failing:10%,20 stalled:2h'],
    ['firmware mention:off', 'firmware on:failed,stalled failing:10%,20 stalled:2h'],
    ['firmware mention:<@U1>', 'firmware on:failed,stalled mention:<@U1> failing:10%,20 stalled:2h'],
    ['firmware failing:5%', 'firmware on:failed,stalled mention:<!here> failing:5% stalled:2h'],
    [
      'firmware external:yes',
      'firmware on:failed,stalled mention:<!here> failing:10%,20 stalled:2h external:yes',
    ],
    ['firmware external:no', 'firmware on:failed,stalled mention:<!here> failing:10%,20 stalled:2h'],
    ['firmware stalled:1d', 'firmware on:failed,stalled mention:<!here> failing:10%,20 stalled:1d'],
  ])('%s changes what it says and keeps the rest', (line, after) => {
    expect(printSubscription(applyWish(before, wish(line)))).toBe(after);
  });

  test('a whole normal form leaves nothing of what was', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const line = `${printSubscription(content)}${content.mentions.length === 0 ? ' mention:off' : ''}`;
        const plain = { ...content, thresholds: {} };
        expect(printSubscription(applyWish(plain, wish(line)))).toBe(printSubscription(content));
      }),
    );
  });
});

describe('the hours of a channel', () => {
  const berlin = { quiet: { from: 1_320, until: 420 }, digestAt: 540, zone: 'Europe/Berlin' };

  test('said without a zone mean the channel’s own, or else the asker’s', () => {
    expect(applyHours(null, wish('digest:09:00'), 'Asia/Tokyo')).toEqual({
      quiet: null,
      digestAt: 540,
      zone: 'Asia/Tokyo',
    });
    expect(applyHours(berlin, wish('digest:10:00'), 'Asia/Tokyo')).toEqual({ ...berlin, digestAt: 600 });
    expect(applyHours(berlin, wish('zone:UTC'), 'Asia/Tokyo')).toEqual({ ...berlin, zone: 'UTC' });
  });

  test('are taken back one by one', () => {
    expect(applyHours(berlin, wish('quiet:off'), 'UTC')).toEqual({ ...berlin, quiet: null });
    expect(applyHours(berlin, wish('digest:off'), 'UTC')).toEqual({ ...berlin, digestAt: null });
  });

  test('ask for the asker’s zone only where nothing else tells', () => {
    expect(needsZone(wish('digest:09:00'), null)).toBe(true);
    expect(needsZone(wish('digest:09:00'), berlin)).toBe(false);
    expect(needsZone(wish('digest:09:00 zone:UTC'), null)).toBe(false);
    expect(needsZone(wish('firmware'), null)).toBe(false);
    expect(needsZone(wish('since:2024-03-11'), berlin)).toBe(true);
    expect(needsZone(wish('since:2024-03-11T06:00Z before:2d'), berlin)).toBe(false);
  });

  test('are said or not', () => {
    for (const line of ['quiet:off', 'digest:09:00', 'firmware zone:UTC'])
      expect(saysHours(wish(line))).toBe(true);
    expect(saysHours(wish('firmware mention:@here'))).toBe(false);
  });
});

test.each([
  ['', []],
  ['failing:10% stalled:2h', []],
  ['on:failed failing:10%', ['failing']],
  ['on:failing stalled:2h failing:10%', ['stalled']],
  ['on:succeeded stalled:2h failing:10%', ['failing', 'stalled']],
])('thresholds that nothing comes of: %s', (line, idle) => {
  expect(idleThresholds(applyWish(null, wish(line)))).toEqual(idle);
});
