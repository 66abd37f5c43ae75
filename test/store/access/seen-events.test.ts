import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rememberEvent } from '../../../src/store/access/seen-events.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW } from '../samples.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const DAY = 86_400_000;

test('an event is new once, however many deliveries race', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => rememberEvent(store.db, 'Ev1', NOW)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await rememberEvent(store.db, 'Ev2', NOW)).toBe(true);
});

test('what is to be taken on once within a moment is new again after it', async () => {
  const press = (at: number) => rememberEvent(store.db, 'act:1', at, 3_000);
  expect([await press(NOW), await press(NOW + 2_999), await press(NOW + 3_000)]).toEqual([true, false, true]);
  expect(await rememberEvent(store.db, 'Ev1', NOW + 3_000)).toBe(true);
  // The clock is set back by an hour.
  expect(await press(NOW - 3_600_000)).toBe(true);
});

test('events are forgotten after a day', async () => {
  await rememberEvent(store.db, 'Ev1', NOW);
  expect(await rememberEvent(store.db, 'Ev1', NOW + DAY - 1)).toBe(false);
  expect(await rememberEvent(store.db, 'Ev2', NOW + DAY + 1)).toBe(true);
  const rows = await store.db.selectFrom('seen_event').selectAll().execute();
  expect(rows.map(({ event_id }) => event_id)).toEqual(['Ev2']);
});
