import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createBatches } from '../../../src/lib/work/in-batches.ts';

describe('work that is asked for piece by piece', () => {
  test('in one turn is done at once, and each gets its own result', async () => {
    const batches: (readonly number[])[] = [];
    const double = createBatches(async (items: readonly number[]) => {
      batches.push(items);
      return items.map((item) => item * 2);
    });
    expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
    expect(await double(4)).toBe(8);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  test('while earlier work is under way waits for its end, together', async () => {
    const batches: (readonly string[])[] = [];
    const started = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const work = createBatches(async (items: readonly string[]) => {
      batches.push(items);
      started.resolve();
      await released;
      return items;
    });
    const first = work('a');
    await started.promise;
    const others = [work('b')];
    await turn();
    others.push(work('c'));
    release();
    expect(await Promise.all([first, ...others])).toEqual(['a', 'b', 'c']);
    expect(batches).toEqual([['a'], ['b', 'c']]);
  });

  test('of which one fails is done one by one: only that one fails', async () => {
    const batches: (readonly number[])[] = [];
    const work = createBatches(async (items: readonly number[]) => {
      batches.push(items);
      if (items.includes(2)) throw new Error('two is not to be had');
      return items;
    });
    const results = await Promise.allSettled([work(1), work(2), work(3)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(await work(4)).toBe(4);
  });
});
