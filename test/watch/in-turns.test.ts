import { expect, test } from '@jest/globals';
import { inTurns } from '../../src/watch/in-turns.ts';

function* work(milliseconds: number): Generator<void, string> {
  for (const end = performance.now() + milliseconds; performance.now() < end; ) yield;
  return 'done';
}

test('long work gives its result in the end, and others their turns before', async () => {
  let turns = 0;
  const tick = () => {
    turns += 1;
    ticking = setImmediate(tick);
  };
  let ticking = setImmediate(tick);
  expect(await inTurns(work(200))).toBe('done');
  clearImmediate(ticking);
  expect(turns).toBeGreaterThanOrEqual(3);
});

test('work that fails fails for whoever waits for it', async () => {
  const failing = (function* (): Generator<void, string> {
    yield;
    throw new Error('broken off');
  })();
  await expect(inTurns(failing)).rejects.toThrow('broken off');
});
