import { describe, expect, test } from '@jest/globals';
import { parseCompactTime } from '../../../../src/platform/oceanconnect/read/compact-time.ts';
import fc from '../../../properties.ts';

describe('reading the compact UTC time', () => {
  test('the documented form is read as UTC whatever the zone of the machine', () => {
    expect(parseCompactTime('20240311T060502Z')).toBe(Date.UTC(2024, 2, 11, 6, 5, 2));
  });

  test('milliseconds are accepted', () => {
    expect(parseCompactTime('20240311T060502.123Z')).toBe(Date.UTC(2024, 2, 11, 6, 5, 2, 123));
  });

  test.each([
    '',
    '20240311T060502',
    '2024-03-11T06:05:02Z',
    '20240230T060502Z',
    '20240311T250502Z',
    '20240311T060560Z',
    '20240311T060502z',
    '20240311T060502+0800',
    '20240311T060502Z+0800',
    ' 20240311T060502Z',
    '20240311T060502.1Z',
    '1710137102000',
    'null',
  ])('not a time: %j', (text) => {
    expect(parseCompactTime(text)).toBeNull();
  });
});

test('every whole second of the years 1 to 9999 is read as that second', () => {
  const seconds = fc.integer({
    min: Date.UTC(2000, 0, 1) / 1000 - 63_082_281_600,
    max: Date.UTC(9999, 11, 31) / 1000,
  });
  fc.assert(
    fc.property(seconds, (second) => {
      expect(parseCompactTime(compact(second * 1000))).toBe(second * 1000);
    }),
  );
});

test('no text, however odd, makes reading throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{8}T\d{6}Z$/)), (text) => {
      const instant = parseCompactTime(text);
      expect(instant === null || compact(instant) === text).toBe(true);
    }),
  );
});

/** As the platform writes a moment, in whole seconds. */
function compact(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
