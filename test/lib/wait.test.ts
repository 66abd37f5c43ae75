import { describe, expect, test } from '@jest/globals';
import { isOver, isSetBackSince } from '../../src/lib/wait.ts';
import { DAY, HOUR, MINUTE, NOON } from '../core/tasks.ts';

const wait = { from: NOON, until: NOON + 10 * MINUTE };

describe('a wait of ten minutes', () => {
  test.each([
    ['has not ended', NOON + 10 * MINUTE - 1, false],
    ['is over at its end', NOON + 10 * MINUTE, true],
    ['is over after a step of eight hours forward', NOON + 8 * HOUR, true],
    ['is over after a step of a day back', NOON + 5 * MINUTE - DAY, true],
    ['is over after a step of an hour back', NOON + 5 * MINUTE - HOUR, true],
    ['goes on where the clock of another machine is a second behind', NOON - 1_000, false],
    ['goes on after a step back that does not reach its beginning', NOON + MINUTE, false],
  ])('%s', (_name, now, over) => {
    expect(isOver(wait, now)).toBe(over);
  });
});

test('a clock that shows a minute less may be that of another machine; one that shows more was set back', () => {
  expect(isSetBackSince(NOON, NOON - MINUTE)).toBe(false);
  expect(isSetBackSince(NOON, NOON - MINUTE - 1)).toBe(true);
});
