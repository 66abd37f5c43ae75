import { describe, expect, test } from '@jest/globals';
import { judgeLateness } from './late-acknowledgements.ts';

describe('an acknowledgement that came too late for Slack', () => {
  test('is a problem where a bare app answered at once', () => {
    expect(judgeLateness([3_400.4, 5_000], 20)).toEqual([
      'acknowledged after 3400 ms, while a bare app needed 20 ms at most',
      'acknowledged after 5000 ms, while a bare app needed 20 ms at most',
    ]);
  });

  test('tells of the machine where a bare app was slow as well', () => {
    expect(judgeLateness([3_400], 300)).toEqual([]);
  });
});
