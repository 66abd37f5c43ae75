import { expect, test } from '@jest/globals';
import { digestDayFor, digestDue, nextDigestAt } from '../../../src/core/notification/digest-due.ts';
import { DAY, HOUR, NOON } from '../tasks.ts';

const at = (hour: number) => hour * 60;
const UTC = (digestAt: number | null) => ({ digestAt, zone: 'UTC' });

test('a new digest is told when its time comes next, never for a time that has passed', () => {
  expect(digestDayFor(UTC(at(11)), null, NOON)).toBe('2024-03-11');
  expect(digestDayFor(UTC(at(13)), null, NOON)).toBe('2024-03-10');
  for (const hour of [0, 11, 12, 13, 23]) {
    const hours = UTC(at(hour));
    const day = digestDayFor(hours, null, NOON);
    const next = nextDigestAt(hours, NOON) ?? 0;
    expect(digestDue(at(hour), 'UTC', NOON, day).due).toBe(false);
    expect(digestDue(at(hour), 'UTC', next - 1, day).due).toBe(false);
    expect(digestDue(at(hour), 'UTC', next, day).due).toBe(true);
  }
});

test('one that stays as it was keeps the day it was told for; another time begins anew', () => {
  const before = { hours: UTC(at(9)), day: '2024-03-11' };
  expect(digestDayFor(UTC(at(9)), before, NOON)).toBe('2024-03-11');
  expect(digestDayFor(UTC(at(9)), { ...before, day: '2024-03-09' }, NOON)).toBe('2024-03-09');
  expect(digestDayFor(UTC(at(13)), before, NOON)).toBe('2024-03-10');
  expect(digestDayFor({ digestAt: at(9), zone: 'Asia/Tokyo' }, before, NOON)).toBe('2024-03-11');
  expect(digestDayFor(UTC(at(9)), { hours: UTC(null), day: null }, NOON)).toBe('2024-03-11');
});

test('no digest: no day, and none to come', () => {
  expect(digestDayFor(UTC(null), null, NOON)).toBeNull();
  expect(nextDigestAt(UTC(null), NOON)).toBeNull();
});

test('the next one is today or tomorrow, by the clock of the zone', () => {
  expect(nextDigestAt(UTC(at(12)), NOON)).toBe(NOON + DAY);
  expect(nextDigestAt(UTC(at(13)), NOON)).toBe(NOON + HOUR);
  expect(nextDigestAt({ digestAt: at(14), zone: 'Europe/Madrid' }, NOON)).toBe(NOON + HOUR);
});
