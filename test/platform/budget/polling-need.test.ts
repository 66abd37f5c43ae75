import { describe, expect, test } from '@jest/globals';
import { cronRuns, every } from '../../../src/lib/cron.ts';
import { densityOf, pollingNeed } from '../../../src/platform/budget/polling-need.ts';

const NOW = Date.UTC(2024, 2, 11, 6, 5, 2);
const SECOND = 1_000;

test.each([
  ['a minute, few tasks', 3, 60, { cycleCalls: 5, cyclesPerMinute: 1, calls: 10 }],
  ['a minute, a large fleet', 5_000, 60, { cycleCalls: 55, cyclesPerMinute: 1, calls: 65 }],
  ['ten seconds', 250, 10, { cycleCalls: 7, cyclesPerMinute: 6, calls: 49 }],
  ['a second', 0, 1, { cycleCalls: 5, cyclesPerMinute: 60, calls: 305 }],
  ['seven seconds', 0, 7, { cycleCalls: 5, cyclesPerMinute: 9, calls: 45 }],
  ['a day', 10, 86_400, { cycleCalls: 5, cyclesPerMinute: 1, calls: 5 }],
])('a cycle every so often needs so many calls: %s', (_name, active, seconds, need) => {
  expect(pollingNeed(active, densityOf(every(seconds * SECOND), NOW))).toEqual({ ...need, active });
});

describe('how dense a schedule is', () => {
  test.each([
    ['* * * * *', { perMinute: 1, perWindow: 2 }],
    ['*/10 * * * * *', { perMinute: 6, perWindow: 7 }],
    ['0-5 * * * * *', { perMinute: 6, perWindow: 7 }],
    ['*/10 0-4 * * * *', { perMinute: 6, perWindow: 7 }],
    ['*/10 * 8-17 * * 1-5', { perMinute: 6, perWindow: 7 }],
    ['30 4 29 2 *', { perMinute: 1, perWindow: 1 }],
  ])('is seen from the coming weeks, at whatever time it is asked: %s', (expression, density) => {
    for (const later of [0, 3, 4, 55, 300, 3_000, 60_000, 500_000])
      expect(densityOf(cronRuns(expression), NOW + later * SECOND)).toEqual(density);
  });
});
