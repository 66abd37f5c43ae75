import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { LeaseLostError } from '../../src/store/engine/errors.ts';
import { createSoleLeases, type LeaseKeeper } from '../../src/store/engine/lease-keeper.ts';
import { readWatchState, writeWatchState } from '../../src/store/platform/watch-state.ts';
import { beginSweep } from '../../src/watch/run-sweep.ts';
import { startWatch, type Watch } from '../../src/watch/start-watch.ts';
import { notByItself } from '../lib/driven-clock.ts';
import { type Bench, MINUTE, setUp } from './bench.ts';

let watch: Watch | undefined;
afterEach(async () => {
  await watch?.stop();
  watch = undefined;
});

/** A lease that the test takes away, and may give back. */
function takenAway(): LeaseKeeper & { readonly lose: () => void; readonly regain: () => void } {
  let end = new AbortController();
  return {
    ...createSoleLeases(),
    claim: async (names) => (end.signal.aborted ? [] : names),
    holds: () => !end.signal.aborted,
    whileHeld: () => end.signal,
    confirm: async () => {
      if (end.signal.aborted) throw new LeaseLostError('watch');
    },
    lose: () => end.abort(new LeaseLostError('watch')),
    regain: () => {
      end = new AbortController();
    },
  };
}

/** Starts a watch and waits until its first look and its sweep have ended. */
async function start({ parts, budget, state }: Bench, leases: LeaseKeeper): Promise<Watch> {
  const never = '0 0 1 1 *';
  watch = startWatch({
    ...{
      ...parts,
      ...budget,
      leases,
      schedule: notByItself,
      log: pino({ level: 'silent' }),
      pollSchedule: never,
      sweepSchedule: never,
    },
    onCycle: () => undefined,
  });
  await until(async () => (await state()).sweptAt !== null);
  return watch;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(1);
}

describe('a process that loses the watch in the middle of a look', () => {
  test('asks the platform nothing more, though its answers come', async () => {
    await using bench = await setUp();
    const leases = takenAway();
    const running = await start(bench, leases);
    bench.callsMade();
    const hang = bench.platform.faults.add({ kind: 'hang' }, { call: 'listTasks' });
    const looking = running.pollNow();
    await until(() => hang.hits > 0);
    leases.lose();
    hang.clear();
    expect(await looking).toMatchObject({ outcome: 'elsewhere' });
    expect(bench.callsMade()).toBe(1);
  });

  test('records nothing of it, even when the watch is its own again by then', async () => {
    await using bench = await setUp();
    const leases = takenAway();
    const running = await start(bench, leases);
    const before = await bench.state();
    bench.clock.advance(MINUTE);
    const hang = bench.platform.faults.add({ kind: 'hang' }, { call: 'listTasks' });
    const looking = running.pollNow();
    await until(() => hang.hits > 0);
    leases.lose();
    leases.regain();
    hang.clear();
    await looking;
    expect(await bench.state()).toEqual(before);
  });
});

test('a sweep is begun on the strength of the watch only: what others noted meanwhile stays', async () => {
  await using bench = await setUp();
  await bench.cycle();
  const { db } = bench.store;
  const state = { ...(await readWatchState(db)), sweep: null };
  await writeWatchState(db, state);
  const lost = async () => {
    throw new LeaseLostError('watch');
  };
  await expect(beginSweep({ ...bench.parts, confirm: lost })).rejects.toMatchObject({ code: 'lease-lost' });
  expect(await readWatchState(db)).toEqual(state);
});
