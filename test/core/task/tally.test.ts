import { describe, expect, test } from '@jest/globals';
import {
  COUNTERS,
  failedDevices,
  finishedDevices,
  NO_TALLY,
  progress,
  sameTally,
} from '../../../src/core/task/tally.ts';
import { aTally } from '../tasks.ts';

describe('failed devices', () => {
  test('are those that failed and those that timed out', () => {
    expect(failedDevices(aTally({ failed: 3, timedOut: 4 }))).toBe(7);
  });

  test('are never more than all', () => {
    expect(failedDevices(aTally({ total: 10, failed: 8, timedOut: 8 }))).toBe(10);
  });

  test('are counted as far as they are known', () => {
    expect(failedDevices(aTally({ failed: null, timedOut: 4 }))).toBe(4);
    expect(failedDevices(aTally({ total: null, failed: 8, timedOut: 8 }))).toBe(16);
    expect(failedDevices(aTally({ failed: null, timedOut: null }))).toBeNull();
  });
});

describe('finished devices', () => {
  test('are those that are through, well or badly', () => {
    expect(finishedDevices(aTally({ succeeded: 10, failed: 3, timedOut: 4, stopped: 5 }))).toBe(22);
  });

  test('are never more than all, since counters need not add up', () => {
    expect(finishedDevices(aTally({ succeeded: 99, failed: 99 }))).toBe(100);
  });

  test('are unknown when no counter is known', () => {
    expect(finishedDevices(NO_TALLY)).toBeNull();
    expect(finishedDevices({ ...NO_TALLY, waiting: 5, running: 5 })).toBeNull();
    expect(finishedDevices({ ...NO_TALLY, stopped: 5 })).toBe(5);
  });
});

describe('progress', () => {
  test('is the share of the finished devices', () => {
    expect(progress(aTally({ succeeded: 25 }))).toBe(0.25);
    expect(progress(aTally({ succeeded: 500 }))).toBe(1);
  });

  test.each([
    { total: 0 },
    { total: null },
    { succeeded: null, failed: null, timedOut: null, stopped: null },
  ])('is unknown with %j', (counters) => {
    expect(progress(aTally(counters))).toBeNull();
  });
});

test.each(COUNTERS)('two tallies that differ in %s are not the same', (counter) => {
  expect(sameTally(aTally(), aTally())).toBe(true);
  expect(sameTally(aTally(), aTally({ [counter]: 77 }))).toBe(false);
  expect(sameTally(aTally({ [counter]: 0 }), aTally({ [counter]: null }))).toBe(false);
});
