import { expect, test } from '@jest/globals';
import { backoff } from '../../src/lib/backoff.ts';

test('the rest before each attempt is twice as long as the one before it, up to a minute', () => {
  expect([0, 1, 2, 5, 6, 40].map(backoff)).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
});
