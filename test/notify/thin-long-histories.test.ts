import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createThinning, LONG, THINNED } from '../../src/notify/start-upkeep.ts';
import { readSnapshots } from '../../src/store/change/snapshots.ts';
import { countSnapshots } from '../../src/store/change/thin-histories.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { readMirroredTasks } from '../../src/store/task/tasks.ts';
import { writeWatchedTasks } from '../../src/store/task/write-tasks.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { MINUTE, NOW, newlySeen, sampleTask, watched } from '../store/samples.ts';
import { writeHistory } from '../store/snapshot-samples.ts';

/** The most lines that a history may ever have. */
const MOST = 200;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const begin = () => createThinning(store.db, new AbortController().signal);

async function writeFleet(tasks: number, lines: number): Promise<readonly string[]> {
  const ids = Array.from({ length: tasks }, (_, index) => `op-${index}`);
  await writeWatchedTasks(
    store.db,
    ids.map((operationId) => newlySeen(sampleTask({ operationId }), { movedAt: NOW - MINUTE })),
  );
  await store.db.deleteFrom('snapshot').execute();
  for (const id of ids) await writeHistory(store.db, id, lines);
  return ids;
}

describe('histories of tasks that have not ended', () => {
  test('never have more than 200 lines, however often the task moves', async () => {
    const thin = begin();
    const at = (minute: number) =>
      watched(sampleTask({ operationId: 'op', tally: { total: 5_000, succeeded: minute } }), {
        movedAt: NOW + minute * MINUTE,
      });
    const lengths: number[] = [];
    for (let minute = 0; minute < 700; minute += 1) {
      const before = (await readMirroredTasks(store.db, ['op'])).get('op') ?? null;
      await writeWatchedTasks(store.db, [{ before, after: at(minute) }]);
      await thin();
      lengths.push((await countSnapshots(store.db, ['op'])).get('op') ?? 0);
    }
    expect(Math.max(...lengths)).toBe(LONG);
    const snapshots = await readSnapshots(store.db, 'op');
    expect([snapshots.at(0)?.at, snapshots.at(-1)?.at]).toEqual([NOW, NOW + 699 * MINUTE]);
  });

  test('of a fleet that began at once have their turn one after the other, before any is too long', async () => {
    const ids = await writeFleet(300, LONG + 1);
    const thin = begin();
    let looks = 0;
    for (let thinned = 1; thinned > 0; looks += 1) thinned = await thin();
    expect(looks).toBeGreaterThan(2);
    expect(LONG + looks).toBeLessThanOrEqual(MOST);
    for (const lines of (await countSnapshots(store.db, ids)).values())
      expect(lines).toBeLessThanOrEqual(THINNED);
  });

  test('are left alone where they are short, and where the task has ended', async () => {
    await writeFleet(2, LONG);
    await writeWatchedTasks(store.db, [newlySeen(sampleTask({ operationId: 'ended', status: 'failed' }))]);
    await writeHistory(store.db, 'ended', LONG + 1, NOW + MINUTE);
    expect(await begin()()).toBe(0);
  });

  test('are not begun with when the process stops', async () => {
    await writeFleet(1, LONG + 1);
    expect(await createThinning(store.db, AbortSignal.abort())()).toBe(0);
  });
});
