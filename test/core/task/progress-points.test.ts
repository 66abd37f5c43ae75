import { describe, expect, test } from '@jest/globals';
import { progressPoints } from '../../../src/core/task/progress-points.ts';
import { aTally, HOUR, NOON } from '../tasks.ts';

const snapshot = (hours: number, success: number, fail: number | null = 0) => ({
  at: NOON + hours * HOUR,
  tally: aTally({ succeeded: success, failed: fail, timedOut: fail === null ? null : 0 }),
});

describe('the points of a course', () => {
  test('are evenly spaced in time and show what was seen by then', () => {
    const points = progressPoints([snapshot(0, 0), snapshot(1, 10), snapshot(4, 40)], NOON, 5);
    expect(points.map(({ at, done }) => [(at - NOON) / HOUR, done])).toEqual([
      [0, 0],
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 40],
    ]);
  });

  test('go on to the last look where nothing moved', () => {
    const points = progressPoints([snapshot(0, 0), snapshot(1, 10)], NOON + 2 * HOUR, 3);
    expect(points.map(({ done }) => done)).toEqual([0, 10, 10]);
  });

  test('are never more than asked for, nor closer than a second', () => {
    const many = Array.from({ length: 500 }, (_, index) => snapshot(index, index % 100));
    expect(progressPoints(many, 0, 20)).toHaveLength(20);
    expect(progressPoints([snapshot(0, 0), { ...snapshot(0, 1), at: NOON + 3_000 }], 0, 20)).toHaveLength(4);
  });

  test('begin where something is known; an unknown number is not 0', () => {
    const unknown = {
      at: NOON,
      tally: { ...aTally(), succeeded: null, failed: null, stopped: null, timedOut: null },
    };
    const points = progressPoints([unknown, snapshot(1, 5, null), snapshot(2, 6, null)], 0, 2);
    expect(points).toEqual([
      { at: NOON + HOUR, done: 5, failed: null },
      { at: NOON + 2 * HOUR, done: 6, failed: null },
    ]);
  });

  test('of one moment are none', () => {
    expect(progressPoints([], NOON, 20)).toEqual([]);
    expect(progressPoints([snapshot(0, 1)], 0, 20)).toEqual([]);
  });
});
