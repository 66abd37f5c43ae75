import { describe, expect, test } from '@jest/globals';
import { addDays, localDay, momentAt } from '../../src/core/wall-clock.ts';
import fc from '../properties.ts';
import { DAY, HOUR, MINUTE } from './tasks.ts';

/** `HH:MM` as minutes since midnight. */
const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('the day that calendars show', () => {
  test.each([
    ['2026-11-22T23:30:00Z', 'UTC', '2026-11-22'],
    ['2026-11-22T23:30:00Z', 'Europe/Berlin', '2026-11-23'],
    ['2026-11-22T03:00:00Z', 'America/New_York', '2026-11-21'],
    ['2026-11-22T10:00:00Z', 'Pacific/Kiritimati', '2026-11-23'],
    ['2026-11-22T23:30:00Z', 'Nowhere/Gone', '2026-11-22'],
  ])('%s in %s is %s', (now, zone, day) => {
    expect(localDay(Date.parse(now), zone)).toBe(day);
  });

  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-03-01', -1, '2028-02-29'],
    ['2026-11-22', 0, '2026-11-22'],
  ])('%s and %d days is %s', (day, days, other) => {
    expect(addDays(day, days)).toBe(other);
  });
});

describe('the moment a clock shows a time', () => {
  test.each([
    ['2026-11-22', '22:00', 'UTC', '2026-11-22T22:00:00Z'],
    ['2026-11-22', '22:00', 'Europe/Berlin', '2026-11-22T21:00:00Z'],
    ['2026-07-22', '22:00', 'Europe/Berlin', '2026-07-22T20:00:00Z'],
    ['2026-11-22', '09:00', 'Asia/Kolkata', '2026-11-22T03:30:00Z'],
    ['2026-11-22', '09:00', 'America/St_Johns', '2026-11-22T12:30:00Z'],
    // The clock is put forward from 02:00 to 03:00: what is skipped is the moment right after the gap.
    ['2024-03-31', '01:59', 'Europe/Berlin', '2024-03-31T00:59:00Z'],
    ['2024-03-31', '02:00', 'Europe/Berlin', '2024-03-31T01:00:00Z'],
    ['2024-03-31', '02:30', 'Europe/Berlin', '2024-03-31T01:00:00Z'],
    ['2024-03-31', '03:00', 'Europe/Berlin', '2024-03-31T01:00:00Z'],
    ['2024-03-31', '03:01', 'Europe/Berlin', '2024-03-31T01:01:00Z'],
    // The clock is put back from 03:00 to 02:00: the first of the two.
    ['2024-10-27', '02:30', 'Europe/Berlin', '2024-10-27T00:30:00Z'],
    ['2024-10-27', '03:00', 'Europe/Berlin', '2024-10-27T02:00:00Z'],
    ['2024-11-03', '01:30', 'America/New_York', '2024-11-03T05:30:00Z'],
    // Half an hour only, and a gap at midnight.
    ['2024-10-06', '02:15', 'Australia/Lord_Howe', '2024-10-05T15:30:00Z'],
    ['2024-03-31', '00:20', 'Asia/Beirut', '2024-03-30T22:00:00Z'],
    // A whole day that never was.
    ['2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['2026-11-22', '22:00', 'Nowhere/Gone', '2026-11-22T22:00:00Z'],
  ])('%s %s in %s is %s', (day, time, zone, moment) => {
    expect(new Date(momentAt(day, at(time), zone)).toISOString()).toBe(moment.replace('Z', '.000Z'));
  });

  test('in any zone a clock shows that time then, or a later one and an earlier one just before', () => {
    const days = fc
      .integer({ min: Date.UTC(1975, 0) / DAY, max: Date.UTC(2037, 0) / DAY })
      .map((day) => new Date(day * DAY).toISOString().slice(0, 10));
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1_439 }), zones, (day, minutes, zone) => {
        const moment = momentAt(day, minutes, zone);
        const shown = wallClock(moment, zone);
        const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE;
        if (shown === wanted) return;
        expect(shown).toBeGreaterThan(wanted);
        expect(shown - wanted).toBeLessThanOrEqual(24 * HOUR);
        expect(wallClock(moment - MINUTE, zone)).toBeLessThan(wanted);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** What a clock shows, as the moment at which one in UTC shows the same; by Intl's parts, not by offsets. */
function wallClock(moment: number, zone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return Date.parse(`${format.format(moment).replace(' ', 'T')}Z`);
}
