import { describe, expect, test } from '@jest/globals';
import { dayOf, fullTimeOf, timeOf } from '../../../../sandbox/web/client/text/message-time.ts';
import { slackDate } from '../../../../sandbox/web/client/text/slack-date.ts';

const AT = Date.UTC(2026, 10, 22, 22, 30, 5);
const SECONDS = AT / 1000;
const read = (format: string, zone = 'Europe/Madrid', now = AT) => slackDate(SECONDS, format, { zone, now });

describe("a Slack date in the reader's zone", () => {
  test('time of day', () => {
    expect(read('{time}')).toBe('23:30');
    expect(read('{time_secs}', 'Asia/Shanghai')).toBe('06:30:05');
  });

  test('days', () => {
    expect(read('{date_num}', 'Asia/Shanghai')).toBe('2026-11-23');
    expect(read('{date_short}')).toBe('Nov 22, 2026');
    expect(read('{date}')).toBe('November 22, 2026');
    expect(read('{date_long}')).toBe('Sunday, November 22, 2026');
  });

  test('near days by name, in the zone and not in UTC', () => {
    const later = AT + 3 * 3_600_000;
    expect(read('{date_short_pretty} {time}', 'UTC', later)).toBe('yesterday 22:30');
    expect(read('{date_short_pretty}', 'Asia/Shanghai', later)).toBe('today');
    expect(read('{date_pretty}', 'UTC', AT - 86_400_000)).toBe('tomorrow');
    expect(read('{date_short_pretty}', 'UTC', AT + 5 * 86_400_000)).toBe('Nov 22, 2026');
  });

  test('how long ago, and tokens nobody knows', () => {
    expect(read('{ago}', 'UTC', AT + 7_200_000)).toBe('2 hours ago');
    expect(read('{ago}', 'UTC', AT - 60_000)).toBe('in 1 minute');
    expect(read('at {nothing}')).toBe('at {nothing}');
  });

  test('the head of a message and the divider of its day', () => {
    const ts = `${SECONDS}.000100`;
    const reading = { zone: 'Europe/Madrid', now: AT };
    expect(timeOf(ts, reading)).toBe('23:30');
    expect(fullTimeOf(ts, reading)).toBe('Sunday, November 22, 2026 at 23:30:05');
    expect(dayOf(ts, reading)).toBe('Today');
    expect(dayOf(ts, { zone: 'Europe/Madrid', now: AT + 86_400_000 })).toBe('Yesterday');
    expect(dayOf(ts, { zone: 'Europe/Madrid', now: AT + 9 * 86_400_000 })).toBe('Sunday, November 22');
  });
});
