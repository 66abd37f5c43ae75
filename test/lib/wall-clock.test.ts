import { describe, expect, test } from '@jest/globals';
import { resolveTime } from '../../src/core/filter/time-expression.ts';
import { addDays, localDay, momentAt } from '../../src/lib/wall-clock.ts';
import { DAY, HOUR, MINUTE } from '../core/tasks.ts';
import fc from '../properties.ts';

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

/** Clocks of these years change at a multiple of it, by a multiple of it. */
const STEP = 5 * MINUTE;

describe('around every change of the clock in ten years', () => {
  test.each([
    ['Europe/Berlin', 'an hour, at night'],
    ['America/New_York', 'an hour, at night'],
    ['America/St_Johns', 'half an hour off the others'],
    ['America/Santiago', 'at midnight, in the south'],
    ['America/Havana', 'forward at midnight'],
    ['Asia/Beirut', 'forward at midnight, back to the day before'],
    ['Africa/Casablanca', 'four times a year'],
    ['Pacific/Auckland', 'in the south'],
    ['Australia/Lord_Howe', 'half an hour only'],
    ['Asia/Kolkata', 'never'],
  ])(
    'a time typed in %s (%s) is the first moment at which a clock shows it, or the end of the gap',
    (zone) => {
      const changes = changesOf(zone);
      if (zone === 'Asia/Kolkata') expect(changes).toEqual([]);
      else expect(changes.length).toBeGreaterThanOrEqual(14);
      for (const change of changes) {
        // What the clock shows in the hours around it, oldest first; nothing here reckons with offsets.
        const shown = range(change - 4 * HOUR, change + 4 * HOUR, STEP).map(
          (moment) => [moment, wallClock(moment, zone)] as const,
        );
        const ahead = wallClock(change, zone) - change;
        const wanted = range(change - 2 * HOUR, change + 2 * HOUR, STEP).map((moment) => moment + ahead);
        const first = wanted.map((local) => shown.find(([, clock]) => clock >= local)?.[0]);
        expect(wanted.map((local) => byHours(local, zone))).toEqual(first);
        expect(wanted.map((local) => byFilter(local, zone))).toEqual(first);
      }
    },
  );
});

/** As quiet hours and digests reckon, and as a filter does. */
function byHours(local: number, zone: string): number {
  const [day = '', time = ''] = new Date(local).toISOString().slice(0, 16).split('T');
  return momentAt(day, at(time), zone);
}
function byFilter(local: number, zone: string): number {
  const text = new Date(local).toISOString().slice(0, 16);
  return resolveTime({ kind: 'local', text }, { now: 0, zone });
}

/** The moments from which on clocks in a zone are ahead of UTC by another span, from 2016 to 2025. */
function changesOf(zone: string): readonly number[] {
  const ahead = (moment: number) => wallClock(moment, zone) - moment;
  return range(Date.UTC(2016, 0), Date.UTC(2026, 0), DAY).flatMap((day) => {
    if (ahead(day) === ahead(day + DAY)) return [];
    return range(day, day + DAY, STEP).filter((moment) => ahead(moment) !== ahead(moment - STEP));
  });
}

function range(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step }, (_, index) => from + index * step);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** What a clock shows, as the moment at which one in UTC shows the same; by Intl's parts, not by offsets. */
function wallClock(moment: number, zone: string): number {
  const format =
    FORMATS.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  FORMATS.set(zone, format);
  return Date.parse(`${format.format(moment).replace(' ', 'T')}Z`);
}
