import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createTask } from 'node-cron';
import { cronRuns, every, intervalOf } from '../../src/lib/cron.ts';
import { DAY, HOUR, MINUTE } from '../core/tasks.ts';
import fc from '../properties.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

afterEach(() => {
  jest.useRealTimers();
});

describe('the next moment of a cron expression, in UTC', () => {
  test.each([
    ['* * * * *', '2024-03-31T01:29:59.999', '2024-03-31T01:30:00'],
    ['* * * * *', '2024-03-31T01:30:00', '2024-03-31T01:31:00'],
    ['*/30 * * * * *', '2024-12-31T23:59:30', '2025-01-01T00:00:00'],
    ['0 */6 * * *', '2024-10-27T00:00:00', '2024-10-27T06:00:00'],
    ['30 2 * * *', '2024-03-31T00:00:00', '2024-03-31T02:30:00'],
    ['0 8-18/2 * * 1-5', '2024-03-08T18:00:00', '2024-03-11T08:00:00'],
    ['0 0 29 2 *', '2024-02-29T00:00:00', '2028-02-29T00:00:00'],
    ['0 0 29 2 1', '2096-02-29T00:00:00', '2112-02-29T00:00:00'],
    ['@hourly', '2024-03-31T01:30:00', '2024-03-31T02:00:00'],
    ['0 12 L * *', '2024-02-10T00:00:00', '2024-02-29T12:00:00'],
  ])('%s after %s is %s', (expression, after, next) => {
    expect(new Date(cronRuns(expression)(utc(after))).toISOString()).toBe(new Date(utc(next)).toISOString());
  });

  test('is the one that node-cron would wait for', () => {
    const list = (from: number, to: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min: 2, max: 20 }).map((step) => `*/${step}`),
        fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 3 }).map(String),
      );
    const expressions = fc
      .tuple(list(0, 59), list(0, 59), list(0, 23), list(1, 28), list(1, 12), list(0, 7))
      .map((fields) => fields.join(' '));
    const moments = fc.integer({ min: utc('2020-01-01'), max: utc('2030-01-01') });
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    fc.assert(
      fc.property(expressions, moments, (expression, moment) => {
        jest.setSystemTime(moment);
        const task = createTask(expression, () => undefined, { timezone: 'UTC' });
        const wanted = task.getNextRuns(2).map(Number);
        void task.destroy();
        const next = cronRuns(expression);
        expect([next(moment), next(next(moment))]).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  test.each(['0 0 31 2 *', '0 0 30 2 1-5', 'often', '61 * * * *'])('%s has none', (expression) => {
    expect(() => cronRuns(expression)).toThrow();
  });
});

test('every so often means whole multiples by the clock', () => {
  expect(every(MINUTE)(utc('2024-03-31T01:29:59.999'))).toBe(utc('2024-03-31T01:30:00'));
  expect(every(MINUTE)(utc('2024-03-31T01:30:00'))).toBe(utc('2024-03-31T01:31:00'));
});

test('how far two moments of a schedule are apart', () => {
  const now = utc('2024-03-31T01:30:00');
  expect(intervalOf(cronRuns('*/10 * * * * *'), now)).toBe(10_000);
  expect(intervalOf(cronRuns('0 */6 * * *'), now)).toBe(6 * HOUR);
  expect(intervalOf(cronRuns('0 3 * * *'), now)).toBe(DAY);
});
