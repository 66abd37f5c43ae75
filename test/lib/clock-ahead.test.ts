import { describe, expect, test } from '@jest/globals';
import { clockAhead } from '../../src/lib/wait.ts';

const SENT = Date.UTC(2026, 0, 1, 12, 0, 0, 500);
const RECEIVED = SENT + 2_000;

describe('how far our clock is ahead of an HTTP date', () => {
  test('what lies within the call, and within the second the header counts in, is no difference', () => {
    expect(clockAhead('Thu, 01 Jan 2026 12:00:01 GMT', SENT, RECEIVED)).toBe(0);
    expect(clockAhead('Thu, 01 Jan 2026 12:00:00 GMT', SENT, RECEIVED)).toBe(0);
    expect(clockAhead('Thu, 01 Jan 2026 12:00:02 GMT', SENT, RECEIVED)).toBe(0);
  });

  test('ahead is positive, behind is negative', () => {
    expect(clockAhead('Thu, 01 Jan 2026 11:58:59 GMT', SENT, RECEIVED)).toBe(60_500);
    expect(clockAhead('Thu, 01 Jan 2026 12:01:02 GMT', SENT, RECEIVED)).toBe(-59_500);
  });

  test('no header, or one that is no date, says nothing', () => {
    expect(clockAhead(null, SENT, RECEIVED)).toBeNull();
    expect(clockAhead('yesterday', SENT, RECEIVED)).toBeNull();
  });
});
