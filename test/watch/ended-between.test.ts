import { describe, expect, test } from '@jest/globals';
import { setUp } from './bench.ts';
import { cyclesUntilTold } from './until-told.ts';

describe.each(['newest', 'oldest', 'shuffled'] as const)('a platform that lists %s first', (order) => {
  describe.each([
    ['nothing', 0],
    ['3,000 finished tasks', 1_000],
    // Not a whole number of pages, and not worth its time in a lottery.
    ...(order === 'shuffled' ? [] : [['3,090 finished tasks', 1_030] as const]),
  ] as const)('with %s', (_name, each) => {
    // In a list that is shuffled for every page each look is a lottery: it takes some cycles, but it is won.
    const patience = order === 'shuffled' && each > 0 ? 100 : 1;

    test('a task born and ended between two cycles is told by how it ended', async () => {
      await using bench = await setUp({ behaviour: { order } });
      for (const status of ['failed', 'success', 'stop']) bench.addMany(each, { status });
      await bench.settle();
      bench.platform.fleet.addTask({ operationId: 'brief', status: 'failed' });
      const costs = await cyclesUntilTold(bench, ['failed brief'], patience);
      expect(Math.max(...costs)).toBeLessThanOrEqual(8);
      await bench.nextCycle();
      expect(await bench.told()).toEqual([]);
    });
  });
});

describe('a platform that says no totals', () => {
  test.each(['newest', 'oldest'] as const)(
    'shows what was born and ended all the same (%s first)',
    async (order) => {
      await using bench = await setUp({ behaviour: { order, total: 'absent' } });
      bench.addMany(1_000, { status: 'failed' });
      await bench.settle();
      bench.platform.fleet.addTask({ operationId: 'brief', status: 'failed' });
      await cyclesUntilTold(bench, ['failed brief'], 1);
    },
  );
});

describe('pages beyond the end', () => {
  test.each(['empty', 'error'] as const)(
    'lists of exactly a hundred are read whole (%s)',
    async (beyondTheEnd) => {
      await using bench = await setUp({ behaviour: { beyondTheEnd } });
      bench.addMany(100, { status: 'processing', operationId: 'op' });
      bench.addMany(100, { status: 'failed' });
      await bench.settle();
      bench.platform.fleet.setStatus('op-7', 'failed');
      await cyclesUntilTold(bench, ['failed op-7'], 1, 99);
    },
  );

  test('a highest page number hides the rest of a list, and the cycle goes on', async () => {
    await using bench = await setUp({ behaviour: { maxPageNo: 4, order: 'oldest' } });
    bench.addMany(1_000, { status: 'failed' });
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'processing' });
    await bench.settle();
    bench.platform.fleet.setStatus('op-1', 'success');
    await cyclesUntilTold(bench, ['succeeded op-1'], 1);
  });
});
