import { expect, test } from '@jest/globals';
import { followClock } from '../../src/ops/watch-slack.ts';

test('another clock is followed from answer to answer, and shows what ours shows before the first', () => {
  let ours = 1_000_000;
  const { heard, now } = followClock(() => ours);
  expect(now()).toBe(1_000_000);
  heard(-90_000);
  expect(now()).toBe(1_090_000);
  ours += 5_000;
  heard(null);
  expect(now()).toBe(1_095_000);
  // Somebody set ours back by an hour; the next answer says so.
  ours -= 3_600_000;
  heard(-3_690_000);
  expect(now()).toBe(1_095_000);
});
