import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startUpkeep } from '../../src/notify/start-upkeep.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { writeOutbox } from '../../src/store/notification/outbox.ts';
import { suspendChannel } from '../../src/store/subscription/suspension.ts';
import { notByItself } from '../lib/driven-clock.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { message, notification } from '../store/outbox-samples.ts';
import { NOW } from '../store/samples.ts';
import { subscribe } from '../store/subscription-samples.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  await subscribe(store.db);
  await writeOutbox(store.db, {
    ...{ messages: [message('m-1')], notifications: [notification('n-1')], edits: [], decisions: [] },
  });
  await suspendChannel(store.db, 'C1', { at: NOW, reason: 'is_archived' });
});
afterEach(() => store.close());

/** What has become of the kept notification after a run of the upkeep, by a clock that was set so long ago. */
async function becomes(now: number, sinceStep: number): Promise<string | undefined> {
  const upkeep = startUpkeep({
    ...{ db: store.db, now: () => now, newId: randomUUID, log: pino({ level: 'silent' }) },
    ...{ shared: false, alertChannel: null, wake: () => undefined },
    timekeeper: { schedule: notByItself, sinceStep: () => sinceStep },
    isServed: async () => true,
    checkSharing: async () => undefined,
  });
  await upkeep.run();
  await upkeep.stop();
  return (await store.db.selectFrom('notification').select('state').executeTakeFirst())?.state;
}

describe('what is kept for a closed channel', () => {
  test('is given up after seven days', async () => {
    expect(await becomes(NOW + 7 * DAY, Number.POSITIVE_INFINITY)).toBe('suspended');
    expect(await becomes(NOW + 7 * DAY + 1, Number.POSITIVE_INFINITY)).toBe('expired');
  });

  test('outlives a clock that is a month ahead by mistake, for an hour', async () => {
    expect(await becomes(NOW + 30 * DAY, 10_000)).toBe('suspended');
    expect(await becomes(NOW + 30 * DAY, HOUR - 1)).toBe('suspended');
    expect(await becomes(NOW + 30 * DAY, HOUR)).toBe('expired');
  });
});
