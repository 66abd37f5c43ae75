import { describe, expect, test } from '@jest/globals';
import { parseTimeExpression, resolveTime } from '../../../src/core/filter/time-expression.ts';
import { DAY, HOUR, MINUTE, NOON } from '../tasks.ts';

function moment(text: string, zone = 'UTC'): string {
  const time = parseTimeExpression(text);
  if (time === null) throw new Error(`${text} is no time`);
  return new Date(resolveTime(time, { now: NOON, zone })).toISOString();
}

describe('times counted back from now', () => {
  test.each([
    ['30s', 30_000],
    ['30m', 30 * MINUTE],
    ['6h', 6 * HOUR],
    ['2d', 2 * DAY],
    ['2w', 14 * DAY],
    ['0d', 0],
  ])('%s', (text, back) => {
    expect(moment(text)).toBe(new Date(NOON - back).toISOString());
  });
});

describe('times by the clock', () => {
  test.each([
    ['2024-03-11', 'UTC', '2024-03-11T00:00:00.000Z'],
    ['2024-03-11', 'Europe/Berlin', '2024-03-10T23:00:00.000Z'],
    ['2024-07-11T06:05', 'Europe/Berlin', '2024-07-11T04:05:00.000Z'],
    ['2024-07-11T06:05', 'Asia/Shanghai', '2024-07-10T22:05:00.000Z'],
    ['2024-07-11T06:05', 'America/St_Johns', '2024-07-11T08:35:00.000Z'],
    ['2024-07-11T06:05Z', 'Asia/Shanghai', '2024-07-11T06:05:00.000Z'],
    ['2024-07-11Z', 'Asia/Shanghai', '2024-07-11T00:00:00.000Z'],
  ])('%s in %s', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });

  test.each([
    // Skipped by the clock: right after the gap. Shown twice: the first of the two.
    ['2024-03-31T02:00', 'Europe/Berlin', '2024-03-31T01:00:00.000Z'],
    ['2024-03-31T02:30', 'Europe/Berlin', '2024-03-31T01:00:00.000Z'],
    ['2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T00:30:00.000Z'],
    ['2024-10-06T02:15', 'Australia/Lord_Howe', '2024-10-05T15:30:00.000Z'],
    ['2024-04-07T01:45', 'Australia/Lord_Howe', '2024-04-06T14:45:00.000Z'],
    // A day without a midnight.
    ['2024-09-08', 'America/Santiago', '2024-09-08T04:00:00.000Z'],
    ['2024-03-11', 'Nowhere/Gone', '2024-03-11T00:00:00.000Z'],
  ])('%s in %s, where the clock changes', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });

  test('a date in a summer-time week has its midnight in the zone of whoever asks', () => {
    expect(moment('2024-03-31', 'Europe/Berlin')).toBe('2024-03-30T23:00:00.000Z');
    expect(moment('2024-04-01', 'Europe/Berlin')).toBe('2024-03-31T22:00:00.000Z');
  });
});

test.each([
  '',
  '2',
  'd',
  '2y',
  '-2d',
  '2 d',
  '123456d',
  '2024-3-1',
  '2024-02-30',
  '2024-03-11T24:30',
  '20240311',
  '2024-03-11T06',
])('no time: %j', (text) => {
  expect(parseTimeExpression(text)).toBeNull();
});
