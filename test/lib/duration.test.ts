import { describe, expect, test } from '@jest/globals';
import { formatDuration, parseDuration, printDuration } from '../../src/lib/duration.ts';
import { DAY, HOUR, MINUTE } from '../core/tasks.ts';

describe('durations as settings write them', () => {
  test.each([
    ['90s', 90_000],
    ['30m', 30 * MINUTE],
    ['6h', 6 * HOUR],
    ['2d', 2 * DAY],
    [' 6h ', 6 * HOUR],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', '6', 'h', '0s', '-6h', '1.5h', '6H', '6 h', '6h30m', '1w', '1234567s'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

describe('durations as people read them', () => {
  test.each([
    [0, '0 s'],
    [999, '0 s'],
    [-5_000, '0 s'],
    [1_000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [90_000, '1 min 30 s'],
    [5 * HOUR + 28 * MINUTE, '5 h 28 min'],
    [5 * HOUR + 28 * MINUTE + 59_000, '5 h 28 min'],
    [HOUR + 5_000, '1 h'],
    [2 * DAY + 3 * HOUR, '2 d 3 h'],
    [400 * DAY, '400 d'],
  ])('%d ms: %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

test.each([
  [90_000, '90s'],
  [120_000, '2m'],
  [90 * MINUTE, '90m'],
  [36 * HOUR, '36h'],
  [48 * HOUR, '2d'],
  [999_999 * DAY, '999999d'],
])('%d ms is written %s and read back', (milliseconds, text) => {
  expect(printDuration(milliseconds)).toBe(text);
  expect(parseDuration(text)).toBe(milliseconds);
});
