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
    expect(failedDevices(aTally({ fail: 3, timeout: 4 }))).toBe(7);
  });

  test('are never more than all', () => {
    expect(failedDevices(aTally({ total: 10, fail: 8, timeout: 8 }))).toBe(10);
  });

  test('are counted as far as they are known', () => {
    expect(failedDevices(aTally({ fail: null, timeout: 4 }))).toBe(4);
    expect(failedDevices(aTally({ total: null, fail: 8, timeout: 8 }))).toBe(16);
    expect(failedDevices(aTally({ fail: null, timeout: null }))).toBeNull();
  });
});

describe('finished devices', () => {
  test('are those that are through, well or badly', () => {
    expect(finishedDevices(aTally({ success: 10, fail: 3, timeout: 4, stop: 5 }))).toBe(22);
  });

  test('are never more than all, since counters need not add up', () => {
    expect(finishedDevices(aTally({ success: 99, fail: 99 }))).toBe(100);
  });

  test('are unknown when no counter is known', () => {
    expect(finishedDevices(NO_TALLY)).toBeNull();
    expect(finishedDevices({ ...NO_TALLY, wait: 5, processing: 5 })).toBeNull();
    expect(finishedDevices({ ...NO_TALLY, stop: 5 })).toBe(5);
  });
});

describe('progress', () => {
  test('is the share of the finished devices', () => {
    expect(progress(aTally({ success: 25 }))).toBe(0.25);
    expect(progress(aTally({ success: 500 }))).toBe(1);
  });

  test.each([{ total: 0 }, { total: null }, { success: null, fail: null, timeout: null, stop: null }])(
    'is unknown with %j',
    (counters) => {
      expect(progress(aTally(counters))).toBeNull();
    },
  );
});

test.each(COUNTERS)('two tallies that differ in %s are not the same', (counter) => {
  expect(sameTally(aTally(), aTally())).toBe(true);
  expect(sameTally(aTally(), aTally({ [counter]: 77 }))).toBe(false);
  expect(sameTally(aTally({ [counter]: 0 }), aTally({ [counter]: null }))).toBe(false);
});
