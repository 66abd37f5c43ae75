import { describe, expect, test } from '@jest/globals';
import { judgeReadiness } from '../../src/ops/readiness.ts';

const NOW = 1_000_000_000;
const WELL = { store: null, slack: null, lastGoodCycleAt: NOW - 60_000, polls: true };
const judge = (changes: Partial<Parameters<typeof judgeReadiness>[0]>) =>
  judgeReadiness({ ...WELL, ...changes }, NOW, 180_000);

describe('readiness', () => {
  test('all is well', () => {
    expect(judge({})).toEqual({
      ready: true,
      reasons: [],
      parts: { store: null, slack: null, poll: null },
    });
  });

  test('each part that is not gives a reason', () => {
    const judged = judge({ store: 'cannot be read', slack: 'no socket', lastGoodCycleAt: NOW - 181_000 });
    expect(judged.ready).toBe(false);
    expect(judged.reasons).toEqual([
      'store: cannot be read',
      'slack: no socket',
      'poll: the last good cycle was 181 s ago',
    ]);
    expect(judged.parts.poll).toBe('the last good cycle was 181 s ago');
  });

  test('a cycle dated ahead of the clock is none to go by', () => {
    expect(judge({ lastGoodCycleAt: NOW + 86_400_000 }).reasons).toEqual([
      'poll: the clock was set back: the last good cycle is dated 86400 s ahead',
    ]);
    // Clocks of several machines differ a little.
    expect(judge({ lastGoodCycleAt: NOW + 1_000 }).ready).toBe(true);
  });

  test('before the first cycle it is not ready; where another process polls, that is no matter', () => {
    expect(judge({ lastGoodCycleAt: null }).reasons).toEqual(['poll: no cycle has succeeded yet']);
    expect(judge({ lastGoodCycleAt: null, polls: false }).ready).toBe(true);
  });
});
