import { describe, expect, test } from '@jest/globals';
import { createReadiness } from '../../src/ops/readiness.ts';
import { judgePolls } from '../../src/ops/watch-readiness.ts';

const NOW = 1_000_000_000;
const judge = (lastGoodCycleAt: number | null) => judgePolls(lastGoodCycleAt, NOW, 180_000);

describe('readiness', () => {
  test('all is well', async () => {
    const readiness = createReadiness();
    for (const part of ['store', 'slack', 'poll']) readiness.add(part, () => null);
    expect(await readiness.read()).toEqual({
      ready: true,
      reasons: [],
      parts: { store: null, slack: null, poll: null },
    });
  });

  test('each part that is not gives a reason', async () => {
    const readiness = createReadiness();
    readiness.add('store', async () => 'cannot be read');
    readiness.add('slack', () => 'no socket');
    readiness.add('poll', () => judge(NOW - 181_000));
    const read = await readiness.read();
    expect(read.ready).toBe(false);
    expect(read.reasons).toEqual([
      'store: cannot be read',
      'slack: no socket',
      'poll: the last good cycle was 181 s ago',
    ]);
    expect(read.parts.poll).toBe('the last good cycle was 181 s ago');
  });

  test('where several speak for a part, the first trouble counts', async () => {
    const readiness = createReadiness();
    readiness.add('slack', () => null);
    readiness.add('slack', () => 'no socket');
    readiness.add('slack', () => 'no hello');
    expect((await readiness.read()).reasons).toEqual(['slack: no socket']);
  });

  test('a cycle dated ahead of the clock is none to go by', () => {
    expect(judge(NOW + 86_400_000)).toBe(
      'the clock was set back: the last good cycle is dated 86400 s ahead',
    );
    // Clocks of several machines differ a little.
    expect(judge(NOW + 1_000)).toBeNull();
  });

  test('before the first cycle it is not ready', () => {
    expect(judge(null)).toBe('no cycle has succeeded yet');
    expect(judge(NOW - 60_000)).toBeNull();
  });
});
