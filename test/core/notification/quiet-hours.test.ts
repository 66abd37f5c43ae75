import { describe, expect, test } from '@jest/globals';
import { isQuiet, quietEndsAt } from '../../../src/core/notification/quiet-hours.ts';
import type { QuietHours } from '../../../src/core/subscription/subscription.ts';
import fc from '../../properties.ts';
import { DAY, HOUR, MINUTE } from '../tasks.ts';

/** `22:00-07:00` */
function hours(text: string): QuietHours {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return { from: minutes(text.slice(0, 5)), until: minutes(text.slice(6)) };
}

/** The end of quiet in UTC, `-` when it is not quiet. */
function ends(quiet: string, zone: string, now: string): string {
  const moment = quietEndsAt(hours(quiet), zone, Date.parse(now));
  return moment === null ? '-' : new Date(moment).toISOString().replace('.000Z', 'Z');
}

describe('quiet through the night', () => {
  test.each([
    ['2026-11-22T21:59:59Z', '-'],
    ['2026-11-22T22:00:00Z', '2026-11-23T07:00:00Z'],
    ['2026-11-23T00:00:00Z', '2026-11-23T07:00:00Z'],
    ['2026-11-23T06:59:59Z', '2026-11-23T07:00:00Z'],
    ['2026-11-23T07:00:00Z', '-'],
    ['2026-11-23T12:00:00Z', '-'],
  ])('at %s until %s', (now, end) => {
    expect(ends('22:00-07:00', 'UTC', now)).toBe(end);
  });
});

describe('quiet within a day', () => {
  test.each([
    ['2026-11-22T11:59:00Z', '-'],
    ['2026-11-22T12:00:00Z', '2026-11-22T13:30:00Z'],
    ['2026-11-22T13:29:00Z', '2026-11-22T13:30:00Z'],
    ['2026-11-22T13:30:00Z', '-'],
  ])('at %s until %s', (now, end) => {
    expect(ends('12:00-13:30', 'UTC', now)).toBe(end);
  });

  test.each([
    ['00:00-07:00', '2026-11-22T00:00:00Z', '2026-11-22T07:00:00Z'],
    ['22:00-00:00', '2026-11-22T23:59:59Z', '2026-11-23T00:00:00Z'],
    ['22:00-00:00', '2026-11-23T00:00:00Z', '-'],
  ])('%s: midnight belongs to what begins with it', (quiet, now, end) => {
    expect(ends(quiet, 'UTC', now)).toBe(end);
  });
});

describe('the hours are those of the zone', () => {
  test.each([
    ['22:00-07:00', 'Europe/Berlin', '2026-11-22T21:00:00Z', '2026-11-23T06:00:00Z'],
    ['22:00-07:00', 'Asia/Shanghai', '2026-11-22T21:00:00Z', '2026-11-22T23:00:00Z'],
    ['22:00-07:00', 'America/New_York', '2026-11-23T04:00:00Z', '2026-11-23T12:00:00Z'],
    // Summer time begins in the night: it is an hour shorter. It ends: an hour longer.
    ['22:00-07:00', 'Europe/Berlin', '2024-03-30T21:00:00Z', '2024-03-31T05:00:00Z'],
    ['22:00-07:00', 'Europe/Berlin', '2024-10-26T20:00:00Z', '2024-10-27T06:00:00Z'],
    // It ends at a time that clocks skip, and at one they show twice: never a second quiet.
    ['22:00-02:30', 'Europe/Berlin', '2024-03-31T00:59:59Z', '2024-03-31T01:00:00Z'],
    ['22:00-02:30', 'Europe/Berlin', '2024-10-27T00:29:00Z', '2024-10-27T00:30:00Z'],
    ['22:00-02:30', 'Europe/Berlin', '2024-10-27T01:15:00Z', '-'],
    // It begins in the hour that is shown twice: with the first.
    ['02:30-07:00', 'Europe/Berlin', '2024-10-27T00:30:00Z', '2024-10-27T06:00:00Z'],
    ['02:30-07:00', 'Europe/Berlin', '2024-10-27T01:10:00Z', '2024-10-27T06:00:00Z'],
    // A stretch that clocks skip altogether, and a pause that they skip.
    ['02:00-03:00', 'Europe/Berlin', '2024-03-31T01:00:00Z', '-'],
    ['02:30-02:10', 'Europe/Berlin', '2024-03-31T00:30:00Z', '2024-04-01T00:10:00Z'],
  ])('%s in %s at %s until %s', (quiet, zone, now, end) => {
    expect(ends(quiet, zone, now)).toBe(end);
  });
});

test('no quiet hours, or none in them, are never quiet', () => {
  expect(isQuiet(null, 'UTC', 0)).toBe(false);
  expect(quietEndsAt(null, 'UTC', 0)).toBeNull();
  expect(isQuiet({ from: 60, until: 60 }, 'UTC', HOUR)).toBe(false);
});

test('quiet ends later, within two days, and then it is not quiet', () => {
  const minutes = fc.integer({ min: 0, max: 1_439 });
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'Nowhere/Gone');
  const moments = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 0) });
  fc.assert(
    fc.property(minutes, minutes, zones, moments, (from, until, zone, now) => {
      const end = quietEndsAt({ from, until }, zone, now);
      expect(isQuiet({ from, until }, zone, now)).toBe(end !== null);
      if (end === null) return;
      expect(end).toBeGreaterThan(now);
      expect(end - now).toBeLessThanOrEqual(2 * DAY);
      expect(isQuiet({ from, until }, zone, end - 1)).toBe(true);
      expect(isQuiet({ from, until }, zone, end)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('away from changes of the clock, quiet is what the clock says', () => {
  const minutes = fc.integer({ min: 0, max: 1_439 });
  fc.assert(
    fc.property(minutes, minutes, minutes, (from, until, shown) => {
      const now = Date.UTC(2026, 10, 22) + shown * MINUTE - 330 * MINUTE;
      const within = from < until ? shown >= from && shown < until : shown >= from || shown < until;
      expect(isQuiet({ from, until }, 'Asia/Kolkata', now)).toBe(within && from !== until);
    }),
  );
});
