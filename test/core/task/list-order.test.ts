import { describe, expect, test } from '@jest/globals';
import { newestPage, orderOfPage } from '../../../src/core/task/list-order.ts';
import { aTask } from '../tasks.ts';

const page = (...times: readonly (number | null)[]) =>
  orderOfPage(times.map((createTime) => aTask({ createTime })));

describe('the order of a list, as one page shows it', () => {
  test.each([
    ['falling times', [5, 4, 4, 1], 'newest-first'],
    ['rising times', [1, 1, 4, 5], 'oldest-first'],
    ['both', [1, 5, 4], 'unknown'],
    ['times with gaps', [5, null, 4, null], 'newest-first'],
  ])('%s', (_, times, order) => {
    expect(page(...times)).toBe(order);
  });

  test.each([
    ['no task', []],
    ['one task', [1]],
    ['equal times', [1, 1, 1]],
    ['unknown times', [null, null, 1]],
  ])('%s tells nothing', (_, times) => {
    expect(page(...times)).toBeNull();
  });
});

describe('the page with the newest tasks', () => {
  test('is the last one where the oldest come first', () => {
    expect([0, 1, 99, 100, 101, 200, 201].map((total) => newestPage('oldest-first', total, 100))).toEqual([
      0, 0, 0, 0, 1, 1, 2,
    ]);
  });

  test('is the first one in all other cases', () => {
    expect(newestPage('newest-first', 500, 100)).toBe(0);
    expect(newestPage('unknown', 500, 100)).toBe(0);
    expect(newestPage('oldest-first', null, 100)).toBe(0);
  });
});
