import { expect, test } from '@jest/globals';
import { giveWay } from '../../../src/store/engine/give-way.ts';

/** Work that others have to do, in so many turns, each of which takes three milliseconds of its own clock. */
function work(turns: number): { readonly done: () => number; readonly now: () => number } {
  let done = 0;
  const turn = () => {
    done += 1;
    if (done < turns) setImmediate(turn);
  };
  setImmediate(turn);
  return { done: () => done, now: () => done * 3 };
}

test('whoever gives way waits for all that is there to do', async () => {
  const others = work(3);
  await giveWay(others.now);
  expect(others.done()).toBe(3);
});

test('but not for ever', async () => {
  const others = work(300);
  await giveWay(others.now);
  expect(others.done()).toBeGreaterThan(1);
  expect(others.done()).toBeLessThan(300);
});
