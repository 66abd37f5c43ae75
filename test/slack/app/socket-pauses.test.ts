import { expect, test } from '@jest/globals';
import { createPauses } from '../../../src/slack/app/socket-pauses.ts';

test('after a steady connection the next attempt follows at once; after others later and later', () => {
  let now = 0;
  const pauses = createPauses(() => now);
  expect([pauses.next(), pauses.next(), pauses.next()]).toEqual([1_000, 2_000, 4_000]);
  pauses.connected();
  now += 9_999;
  // It did not hold long enough to count.
  expect(pauses.next()).toBe(8_000);
  pauses.connected();
  now += 10_000;
  expect([pauses.next(), pauses.next(), pauses.next()]).toEqual([0, 1_000, 2_000]);
});
