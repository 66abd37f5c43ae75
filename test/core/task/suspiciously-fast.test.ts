import { describe, expect, test } from '@jest/globals';
import { suspiciouslyFast } from '../../../src/core/task/suspiciously-fast.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { aTask, BARE_TASK, HOUR, NOON } from '../tasks.ts';

const ended = (ran: number, changes: Parameters<typeof aTask>[0] = {}): Task =>
  aTask({ status: 'succeeded', startTime: NOON, stopTime: NOON + ran, ...changes });

describe('an ended task ran suspiciously fast', () => {
  test.each([
    ['at once', 0],
    ['in twelve seconds', 12_000],
    ['in a second less than a minute', 59_999],
  ])('%s', (_, ran) => {
    expect(suspiciouslyFast(ended(ran))).toBe(ran);
    expect(suspiciouslyFast(ended(ran, { status: 'failed' }))).toBe(ran);
  });

  test('with devices that only other counters know of', () => {
    expect(suspiciouslyFast(ended(5_000, { tally: { total: null, succeeded: 3 } }))).toBe(5_000);
  });
});

describe('nothing is suspicious about a task', () => {
  test.each<readonly [string, Task]>([
    ['that ran a minute', ended(60_000)],
    ['that ran for hours', ended(5 * HOUR)],
    ['that somebody stopped', ended(5_000, { status: 'stopped' })],
    ['that runs', ended(5_000, { status: 'running' })],
    ['in a status nobody knows', ended(5_000, { status: 'unknown', statusWord: 'paused' })],
    ['without devices', ended(0, { tally: { total: 0 } })],
    ['of which no counter is known', { ...ended(0), tally: BARE_TASK.tally }],
    ['whose start is unknown', ended(5_000, { startTime: null })],
    ['whose end is unknown', ended(5_000, { stopTime: null })],
    ['that ended before it began: a clock went wrong', ended(-1)],
  ])('%s', (_, task) => {
    expect(suspiciouslyFast(task)).toBeNull();
  });
});
