import { expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import { readWatchState, type WatchState, writeWatchState } from '../../../src/store/platform/watch-state.ts';
import { temporaryFolder } from '../folder.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW } from '../samples.ts';

test('an empty store remembers nothing of a watch', async () => {
  const store = await openTestStore();
  expect(await readWatchState(store.db)).toEqual({
    lastGoodCycleAt: null,
    baselineAt: null,
    sweptAt: null,
    absence: null,
    newestAtStart: null,
    order: 'unknown',
    sweep: null,
    ended: {},
  });
  await store.close();
});

test('what the watch remembers last survives a restart', async () => {
  using folder = temporaryFolder();
  const path = folder.in('upgrades.db');
  const store = await openSqlite(path);
  const before = await readWatchState(store.db);
  await writeWatchState(store.db, { ...before, lastGoodCycleAt: NOW - 1 });
  const state: WatchState = {
    lastGoodCycleAt: NOW,
    baselineAt: NOW - 60_000,
    sweptAt: NOW - 30_000,
    absence: { from: NOW - 2, until: NOW - 1, missed: ['op-1'] },
    newestAtStart: NOW - 90_000,
    order: 'oldest-first',
    sweep: { nextPage: 7, startedAt: NOW - 5, unknown: 3, unreadable: 1 },
    ended: { failed: { total: 3_000, nextPage: 12, settled: 1 } },
  };
  await writeWatchState(store.db, state);
  await store.close();
  const again = await openSqlite(path);
  expect(await readWatchState(again.db)).toEqual(state);
  await again.close();
});

test('the throttle of the call budget and the state of the watch do not overwrite each other', async () => {
  const store = await openTestStore();
  await store.db.insertInto('watch_state').values({ name: 'throttle', value: '5' }).execute();
  await writeWatchState(store.db, { ...(await readWatchState(store.db)), lastGoodCycleAt: NOW });
  const rows = await store.db.selectFrom('watch_state').selectAll().orderBy('name').execute();
  expect(rows.map(({ name }) => name)).toEqual(['throttle', 'watch']);
  await store.close();
});
