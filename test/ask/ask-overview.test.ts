import { describe, expect, test } from '@jest/globals';
import { askOverview } from '../../src/ask/ask-overview.ts';
import { type Bench, HOUR, START, setUp } from '../watch/bench.ts';

const look = (bench: Bench) => askOverview({ db: bench.store.db, now: bench.clock.now });
const failedLately = async (bench: Bench) =>
  (await look(bench)).failedLately.map(({ operationId }) => operationId);

describe('the overview', () => {
  test('counts what failed in the last 24 h, newest first, and nothing older', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addTask({ operationId: 'old', status: 'failed', stopTime: START - 25 * HOUR });
    fleet.addTask({ operationId: 'late', status: 'failed', stopTime: START - HOUR });
    fleet.addTask({ operationId: 'early', status: 'failed', stopTime: START - 23 * HOUR });
    await bench.cycle();
    expect(await failedLately(bench)).toEqual(['late', 'early']);
  });

  test('counts a failure the bot saw today, though the platform dates it long ago', async () => {
    await using bench = await setUp();
    const { fleet } = bench.platform;
    fleet.addTask({ operationId: 'op-1', status: 'processing' });
    await bench.settle();
    fleet.change('op-1', { status: 'failed', stopTime: START - 1_000 * HOUR });
    await bench.nextCycle();
    expect(await failedLately(bench)).toEqual(['op-1']);
  });
});
