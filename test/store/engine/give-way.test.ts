import { expect, test } from '@jest/globals';
import { giveWay } from '../../../src/store/engine/give-way.ts';

/** Work that others have to do: a few milliseconds in each of so many turns. */
function work(turns: number): { readonly done: () => number } {
  let done = 0;
  const turn = () => {
    for (const end = performance.now() + 3; performance.now() < end; );
    done += 1;
    if (done < turns) setImmediate(turn);
  };
  setImmediate(turn);
  return { done: () => done };
}

test('whoever gives way waits for all that is there to do', async () => {
  // Few, so that they are done long before it has waited enough, also on a machine that is busy otherwise.
  const others = work(3);
  await giveWay();
  expect(others.done()).toBe(3);
});

test('but not for ever', async () => {
  const others = work(300);
  await giveWay();
  expect(others.done()).toBeGreaterThan(1);
  expect(others.done()).toBeLessThan(300);
});
