import { describe, expect, test } from '@jest/globals';
import { judgeTurns, mostInAMinute } from './watch-turns.ts';

describe('whose turn it is to look', () => {
  const turns = [
    { life: 1, at: 0, readyAt: 0 },
    { life: 1, at: 3_000, readyAt: 0 },
    { life: 2, at: 19_000, readyAt: 1_000 },
  ];

  test('passes on when the one before has ended', () => {
    expect(judgeTurns(turns, new Map([[1, 3_500]]))).toEqual({
      ...{ problems: [], longestHandover: 15_500, handovers: 1 },
    });
  });

  test('is waited for since the last death, and not before one is ready', () => {
    const ends = new Map([
      [1, 3_500],
      [3, 9_000],
    ]);
    expect(judgeTurns(turns, ends).longestHandover).toBe(10_000);
    const late = turns.map((turn) => ({ ...turn, readyAt: 18_000 }));
    expect(judgeTurns(late, ends).longestHandover).toBe(1_000);
  });

  test('is of one process: a second one that looks is found, also where the first dies later', () => {
    expect(judgeTurns(turns, new Map()).problems).toEqual([
      'process 2 called 16000 ms after process 1, which was not dead',
    ]);
    expect(judgeTurns(turns, new Map([[1, 19_001]])).problems).toHaveLength(1);
  });
});

test('the calls of the busiest minute are counted, wherever it begins', () => {
  expect(mostInAMinute([])).toBe(0);
  expect(mostInAMinute([0, 30_000, 59_999, 60_000, 60_001, 130_000])).toBe(4);
});
