import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/open-store.ts';
import { rememberEvent } from '../../src/store/seen-events.ts';
import { openTestStore } from './open-test-store.ts';
import { NOW } from './samples.ts';

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

test('events are forgotten after a day', async () => {
  await rememberEvent(store.db, 'Ev1', NOW);
  expect(await rememberEvent(store.db, 'Ev1', NOW + DAY)).toBe(false);
  expect(await rememberEvent(store.db, 'Ev2', NOW + DAY + 1)).toBe(true);
  const rows = await store.db.selectFrom('seen_event').selectAll().execute();
  expect(rows.map(({ event_id }) => event_id)).toEqual(['Ev2']);
});
