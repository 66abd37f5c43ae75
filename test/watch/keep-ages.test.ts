import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createAgeKeeper } from '../../src/watch/keep-ages.ts';
import { HOUR, START, setUp } from './bench.ts';

const log = pino({ enabled: false });

test('a lease that is lost while ages are settled costs nothing, and the next reading begins afresh', async () => {
  await using bench = await setUp();
  let shown = START;
  const ages = createAgeKeeper({
    db: bench.store.db,
    confirm: async () => {},
    ...{ now: () => shown, monotonic: () => 0, log },
  });
  const settling = ages.settle();
  ages.forget();
  await settling;
  // What the clock did while another process watched is not this one's to judge.
  shown += HOUR;
  const before = await bench.dump();
  await ages.settle();
  expect(await bench.dump()).toBe(before);
});

test('a clock that is set in the middle of a reading shows in what is recorded only with the next one', async () => {
  await using bench = await setUp();
  let [shown, passed] = [START, 0];
  const ages = createAgeKeeper({
    db: bench.store.db,
    confirm: async () => {},
    ...{ now: () => shown, monotonic: () => passed, log },
  });
  await ages.settle();
  passed += 500;
  shown += 500 - 24 * HOUR;
  expect(ages.now()).toBe(START + 500);
  await ages.settle();
  expect(ages.now()).toBe(START + 500 - 24 * HOUR);
});
