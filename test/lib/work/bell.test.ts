import { expect, test } from '@jest/globals';
import { createBell } from '../../../src/lib/work/bell.ts';

test('a ring is heard by who waits then, and not by who begins to wait later', () => {
  const bell = createBell();
  bell.ring();
  const first = bell.next();
  expect(first.aborted).toBe(false);
  bell.ring();
  const second = bell.next();
  expect([first.aborted, second.aborted]).toEqual([true, false]);
});

test('everybody who listens hears every ring, until they listen no more', () => {
  const bell = createBell();
  const heard: string[] = [];
  bell.ring();
  const stop = bell.onRing(() => heard.push('delivery'));
  bell.onRing(() => heard.push('upkeep'));
  bell.ring();
  stop();
  bell.ring();
  expect(heard).toEqual(['delivery', 'upkeep', 'upkeep']);
});
