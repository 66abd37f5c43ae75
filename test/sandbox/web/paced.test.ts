import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { paced } from '../../../sandbox/web/server/paced.ts';

describe('a paced work', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('comes at once, then ten times a second however often it is asked for, and not without being asked', () => {
    const work = jest.fn();
    const ask = paced(work, 100);
    ask();
    jest.advanceTimersByTime(0);
    expect(work).toHaveBeenCalledTimes(1);
    for (let at = 0; at < 1_000; at += 1) {
      ask();
      jest.advanceTimersByTime(1);
    }
    expect(work).toHaveBeenCalledTimes(11);
    jest.advanceTimersByTime(10_000);
    expect(work).toHaveBeenCalledTimes(11);
  });

  test('nothing comes after it was stopped', () => {
    const work = jest.fn();
    const ask = paced(work, 100);
    ask();
    ask.stop();
    jest.advanceTimersByTime(1_000);
    expect(work).not.toHaveBeenCalled();
  });
});
