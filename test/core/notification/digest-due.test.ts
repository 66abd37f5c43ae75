import { describe, expect, test } from '@jest/globals';
import { digestDue } from '../../../src/core/notification/digest-due.ts';
import fc from '../../properties.ts';
import { HOUR, MINUTE } from '../tasks.ts';

const NINE = 9 * 60;

describe('a digest at 09:00', () => {
  test.each([
    ['UTC', '2026-11-22T08:59:59Z', '2026-11-21', 'not-yet', '2026-11-22'],
    ['UTC', '2026-11-22T09:00:00Z', '2026-11-21', 'due', '2026-11-22'],
    ['UTC', '2026-11-22T15:00:00Z', '2026-11-21', 'due', '2026-11-22'],
    ['UTC', '2026-11-22T15:00:01Z', '2026-11-21', 'too-late', '2026-11-22'],
    ['UTC', '2026-11-22T09:00:00Z', '2026-11-22', 'already-told', '2026-11-22'],
    ['UTC', '2026-11-22T09:00:00Z', null, 'due', '2026-11-22'],
    ['UTC', '2026-11-22T08:00:00Z', null, 'not-yet', '2026-11-22'],
    ['UTC', '2026-11-22T20:00:00Z', null, 'too-late', '2026-11-22'],
    // Told last a week ago: the days between are not made up for.
    ['UTC', '2026-11-22T09:30:00Z', '2026-11-15', 'due', '2026-11-22'],
    ['Europe/Berlin', '2026-11-22T08:00:00Z', '2026-11-21', 'due', '2026-11-22'],
    ['Europe/Berlin', '2026-07-22T06:59:00Z', '2026-07-21', 'not-yet', '2026-07-22'],
    ['Europe/Berlin', '2026-07-22T07:00:00Z', '2026-07-21', 'due', '2026-07-22'],
    ['Asia/Shanghai', '2026-11-22T01:00:00Z', '2026-11-21', 'due', '2026-11-22'],
    // The channel moved from Asia to America since: its day is behind the one told.
    ['America/New_York', '2026-11-22T14:00:00Z', '2026-11-23', 'already-told', '2026-11-22'],
  ])('in %s at %s, told last on %s: %s', (zone, now, lastDay, reason, day) => {
    const decision = digestDue(NINE, zone, Date.parse(now), lastDay);
    expect(decision).toEqual({ due: reason === 'due', day, reason });
  });
});

test('one that was told by a clock a month ahead does not keep the next ones from being told', () => {
  const at = (now: string) => digestDue(NINE, 'UTC', Date.parse(now), '2026-12-22');
  expect(at('2026-11-22T08:59:00Z').reason).toBe('not-yet');
  expect(at('2026-11-22T09:00:00Z')).toEqual({ due: true, day: '2026-11-22', reason: 'due' });
});

describe('a digest shortly before midnight', () => {
  test.each([
    ['2026-11-22T23:59:30Z', '2026-11-21', 'due', '2026-11-22'],
    ['2026-11-23T00:00:10Z', '2026-11-21', 'due', '2026-11-22'],
    ['2026-11-23T05:59:00Z', '2026-11-21', 'due', '2026-11-22'],
    ['2026-11-23T06:00:00Z', '2026-11-21', 'not-yet', '2026-11-23'],
    ['2026-11-23T00:00:10Z', '2026-11-22', 'not-yet', '2026-11-23'],
  ])('at %s, told last on %s: %s for %s', (now, lastDay, reason, day) => {
    const decision = digestDue(23 * 60 + 59, 'UTC', Date.parse(now), lastDay);
    expect(decision).toEqual({ due: reason === 'due', day, reason });
  });
});

describe('when clocks change', () => {
  test('a time that is skipped is told right after the gap', () => {
    const decide = (now: string) => digestDue(150, 'Europe/Berlin', Date.parse(now), '2024-03-30').reason;
    expect(decide('2024-03-31T00:59:59Z')).toBe('not-yet');
    expect(decide('2024-03-31T01:00:00Z')).toBe('due');
  });

  test('a time that is shown twice is told once', () => {
    const decide = (now: string, lastDay: string) =>
      digestDue(150, 'Europe/Berlin', Date.parse(now), lastDay).reason;
    expect(decide('2024-10-27T00:30:00Z', '2024-10-26')).toBe('due');
    expect(decide('2024-10-27T01:30:00Z', '2024-10-27')).toBe('already-told');
  });
});

test('no digest wanted', () => {
  expect(digestDue(null, 'UTC', Date.UTC(2026, 10, 22, 9), null)).toEqual({
    due: false,
    day: '2026-11-22',
    reason: 'off',
  });
});

test('asked every minute, any day is told exactly once, in any zone', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Beirut',
  );
  const starts = fc.constantFrom(Date.UTC(2024, 2, 29), Date.UTC(2024, 9, 25), Date.UTC(2026, 10, 20));
  fc.assert(
    fc.property(zones, starts, fc.integer({ min: 0, max: 1_439 }), (zone, start, digestAt) => {
      const told: string[] = [];
      for (let now = start; now < start + 96 * HOUR; now += 7 * MINUTE) {
        const { due, day } = digestDue(digestAt, zone, now, told.at(-1) ?? '1970-01-01');
        if (due) told.push(day);
      }
      expect(told.length).toBeGreaterThanOrEqual(4);
      expect(told).toEqual([...new Set(told)].toSorted());
      for (const [index, day] of told.slice(1).entries()) {
        expect(Date.parse(day) - Date.parse(told[index] ?? '')).toBe(24 * HOUR);
      }
    }),
    { numRuns: 40 },
  );
});
