import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Task, TaskStatus } from '../../src/core/task/task.ts';
import { releaseHeld } from '../../src/notify/release-held.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { contentOf } from '../../src/store/notification/notification-content.ts';
import { readWatchState } from '../../src/store/platform/watch-state.ts';
import { writeHours } from '../../src/store/subscription/channel-hours.ts';
import { recordSnapshots } from '../../src/watch/record-snapshots.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { NOW, sampleTask } from '../store/samples.ts';
import { subscribe } from '../store/subscription-samples.ts';
import { HOUR, MINUTE } from './bench.ts';

const TASKS = 1_000;
const CHANNELS = Array.from({ length: 10 }, (_, index) => `C${index}`);

let store: Store;
let now = NOW;
beforeEach(async () => {
  store = await openTestStore();
  now = NOW;
  for (const channel of CHANNELS) {
    await subscribe(store.db, { id: channel, channel, kinds: ['failing', 'failed'] });
  }
});
afterEach(() => store.close());

const all = (status: TaskStatus, tally: Task['tally'] | object = {}) =>
  Array.from({ length: TASKS }, (_, index) => sampleTask({ operationId: `op-${index}`, status, tally }));

async function look(tasks: readonly Task[]): Promise<void> {
  now += MINUTE;
  await recordSnapshots(store.db, { tasks, gone: [] }, await readWatchState(store.db), {
    ...{
      now,
      isNews: () => true,
      confirm: async () => undefined,
      reasonsRead: 0,
      wasAway: () => false,
      newId: randomUUID,
    },
    thresholds: { failingPercent: 5, failingMinDevices: 10, stalledAfter: 6 * HOUR },
  });
}

/** What the channels themselves show of what is due, and how often each task is named in threads, per channel. */
async function due() {
  const rows = await store.db
    .selectFrom('notification')
    .selectAll()
    .where('state', '=', 'pending')
    .orderBy('seq')
    .execute();
  const named = rows.flatMap((row) => {
    const content = contentOf(row);
    return content.kind === 'summary-part'
      ? content.entries.map(({ operationId }) => `${row.channel} ${operationId}`)
      : [];
  });
  return {
    loud: rows
      .filter(({ place, broadcast }) => place === 'root' || broadcast === 1)
      .map(({ channel, kind }) => `${channel} ${kind}`),
    named: named.length,
    different: new Set(named).size,
  };
}

const ONE_SUMMARY_EACH = {
  ...{ loud: CHANNELS.map((channel) => `${channel} summary`) },
  ...{ named: TASKS * CHANNELS.length, different: TASKS * CHANNELS.length },
};

describe('a thousand tasks that fail at once, for ten channels', () => {
  test('are one summary each, in whose thread every task is named once', async () => {
    await look(all('running'));
    await look(all('failed'));
    expect(await due()).toEqual(ONE_SUMMARY_EACH);
  });

  test('and have a thread each are one summary as well, and a reply in each thread', async () => {
    const tasks = all('running', { total: 20, failed: 12, running: 8 });
    await look(all('running'));
    for (let index = 0; index < TASKS; index += 5) await look(tasks.slice(index, index + 5));
    await store.db.updateTable('notification').set({ state: 'sent' }).execute();
    await look(all('failed'));
    expect(await due()).toEqual(ONE_SUMMARY_EACH);
    const silent = await store.db
      .selectFrom('notification')
      .select(({ fn }) => fn.countAll<number>().as('replies'))
      .where('state', '=', 'pending')
      .where('kind', '=', 'failed')
      .executeTakeFirstOrThrow();
    expect(silent.replies).toBe(TASKS * CHANNELS.length);
  });

  test('in quiet hours are held, and released as one summary each when they end', async () => {
    await look(all('running'));
    const minute = Math.floor(now / MINUTE) % (24 * 60);
    for (const channel of CHANNELS) {
      const quiet = { from: minute, until: minute + 60 };
      await writeHours(store.db, channel, { quiet, digestAt: null, zone: 'UTC' }, null);
    }
    await look(all('failed'));
    expect((await due()).loud).toEqual([]);
    now += HOUR;
    await releaseHeld({ db: store.db, now: () => now, newId: randomUUID });
    const released = await due();
    expect({ ...released, loud: released.loud.toSorted() }).toEqual(ONE_SUMMARY_EACH);
  });
});
