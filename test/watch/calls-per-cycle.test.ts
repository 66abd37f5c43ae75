import { describe, expect, test } from '@jest/globals';
import { setUp } from './bench.ts';
import { cyclesUntilTold } from './until-told.ts';

describe.each(['newest', 'oldest'] as const)('with 1,000 failed tasks listed %s first', (order) => {
  test('when nothing happens a cycle costs the constant only', async () => {
    await using bench = await setUp({ behaviour: { order } });
    bench.addMany(1_000, { status: 'failed' });
    bench.addMany(230, { status: 'processing' });
    await bench.settle();
    await bench.nextCycle();
    expect(bench.callsMade()).toBe(3 + 1 + 3);
  });

  test('three that end are read singly, wherever they stand in the list', async () => {
    await using bench = await setUp({ behaviour: { order } });
    bench.addMany(3, { status: 'processing', operationId: 'op' });
    bench.addMany(1_000, { status: 'failed' });
    bench.addMany(3, { status: 'success', operationId: 'old' });
    await bench.settle();
    bench.clock.advance(1);
    for (const id of ['op-0', 'op-1', 'op-2']) bench.platform.fleet.setStatus(id, 'failed');
    await cyclesUntilTold(bench, ['failed op-0', 'failed op-1', 'failed op-2'], 1);
  });

  test('250 new ones that end at once are found in pages', async () => {
    await using bench = await setUp({ behaviour: { order } });
    bench.addMany(1_000, { status: 'failed' });
    await bench.settle();
    const ids = Array.from({ length: 250 }, (_, index) => `op-${index}`);
    for (const operationId of ids) bench.platform.fleet.addTask({ operationId, status: 'processing' });
    await bench.nextCycle();
    await bench.told();
    bench.callsMade();
    for (const id of ids) bench.platform.fleet.setStatus(id, 'failed');
    await cyclesUntilTold(
      bench,
      ids.map((id) => `failed ${id}`),
      1,
    );
    expect(bench.platform.callsOf('getTask')).toEqual([]);
  });

  test('250 born and ended between two cycles are all found', async () => {
    await using bench = await setUp({ behaviour: { order } });
    bench.addMany(1_000, { status: 'failed' });
    await bench.settle();
    const ids = Array.from({ length: 250 }, (_, index) => `op-${index}`);
    for (const operationId of ids) bench.platform.fleet.addTask({ operationId, status: 'failed' });
    await cyclesUntilTold(
      bench,
      ids.map((id) => `failed ${id}`),
      1,
    );
  });

  test('40 old ones that end among much newer ones are all told within a few cycles', async () => {
    await using bench = await setUp({ behaviour: { order } });
    bench.addMany(40, { status: 'processing', operationId: 'op' });
    bench.addMany(500, { status: 'failed' });
    await bench.settle();
    const ids = Array.from({ length: 40 }, (_, index) => `op-${index}`);
    for (const id of ids) bench.platform.fleet.setStatus(id, 'failed');
    await cyclesUntilTold(
      bench,
      ids.map((id) => `failed ${id}`),
      6,
    );
  });
});
