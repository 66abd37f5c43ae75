import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Digest } from '../../src/core/notification/digest.ts';
import { postDigests } from '../../src/notify/post-digests.ts';
import { startUpkeep } from '../../src/notify/start-upkeep.ts';
import type { Store } from '../../src/store/engine/location.ts';
import { contentOf } from '../../src/store/notification/notification-content.ts';
import { readWatchState } from '../../src/store/platform/watch-state.ts';
import { writeHours } from '../../src/store/subscription/channel-hours.ts';
import { deleteSubscription } from '../../src/store/subscription/subscriptions.ts';
import { resumeChannel, suspendChannel } from '../../src/store/subscription/suspension.ts';
import { recordSnapshots } from '../../src/watch/record-snapshots.ts';
import { notByItself } from '../lib/driven-clock.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { sampleTask } from '../store/samples.ts';
import { subscribe } from '../store/subscription-samples.ts';
import { failed, MINUTE, runs } from './bench.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Nine in the morning in Berlin, in winter. */
const NINE = Date.UTC(2026, 10, 22, 8);

let store: Store;
let now = NINE;
beforeEach(async () => {
  store = await openTestStore();
  now = NINE;
  await subscribe(store.db);
});
afterEach(() => store.close());

const parts = () => ({ db: store.db, now: () => now, newId: randomUUID });
const wish = (digestAt: number | null = 9 * 60, channel = 'C1', zone = 'Europe/Berlin') =>
  writeHours(store.db, channel, { quiet: null, digestAt, zone }, '2026-11-21');

async function see(...words: readonly Parameters<typeof sampleTask>[0][]): Promise<void> {
  await recordSnapshots(
    store.db,
    { tasks: words.map(sampleTask), gone: [] },
    await readWatchState(store.db),
    {
      ...{
        now,
        isNews: () => true,
        confirm: async () => undefined,
        reasonsRead: 0,
        wasAway: () => false,
        newId: randomUUID,
      },
      thresholds: { failingPercent: 5, failingMinDevices: 10, stalledAfter: 6 * HOUR },
    },
  );
}

/** The digests there are, oldest first. */
async function digests(channel = 'C1'): Promise<readonly Digest[]> {
  const rows = await store.db
    .selectFrom('notification')
    .selectAll()
    .where('channel', '=', channel)
    .where('kind', '=', 'digest')
    .orderBy('seq')
    .execute();
  return rows.map(contentOf).flatMap((content) => (content.kind === 'digest' ? [content.digest] : []));
}

describe('a digest', () => {
  test('is told once a day at its hour, and speaks of the day before it', async () => {
    await wish();
    now = NINE - 2 * HOUR;
    await see(failed('op-1'), runs('op-2'));
    for (const moment of [NINE - 1, NINE, NINE + MINUTE, NINE + 2 * MINUTE, NINE + DAY - 1, NINE + DAY]) {
      now = moment;
      await postDigests(parts());
    }
    expect(await digests()).toMatchObject([
      {
        ...{
          from: NINE - DAY,
          to: NINE,
          changes: { failed: 1, created: 1, started: 1 },
          running: 1,
          waiting: 0,
        },
        attention: [{ operationId: 'op-1', why: 'failed' }],
      },
      { from: NINE, to: NINE + DAY, changes: {}, running: 1, attention: [] },
    ]);
  });

  test('told late counts to its hour, and the next one goes on from there', async () => {
    await wish();
    now = NINE + HOUR;
    await see(failed('op-1'));
    now = NINE + 5 * HOUR;
    await postDigests(parts());
    now = NINE + DAY;
    await postDigests(parts());
    const counted = (await digests()).map(({ from, to, changes }) => [from, to, changes.failed]);
    expect(counted).toEqual([
      [NINE - DAY, NINE, undefined],
      [NINE, NINE + DAY, 1],
    ]);
  });

  test('more than six hours late is left out, and the day after is told as usual', async () => {
    await wish();
    now = NINE + 6 * HOUR + 1;
    await postDigests(parts());
    expect(await digests()).toEqual([]);
    now = NINE + DAY;
    await postDigests(parts());
    expect(await digests()).toHaveLength(1);
  });

  test('is told once although the clock is put back and shows its hour twice', async () => {
    await writeHours(store.db, 'C1', { quiet: null, digestAt: 150, zone: 'Europe/Berlin' }, '2026-10-24');
    // 2026-10-25, half past two, before and after the clocks of Berlin are put back at three.
    for (const hour of [0, 1, 2]) {
      now = Date.UTC(2026, 9, 25, hour, 30);
      await postDigests(parts());
    }
    now = Date.UTC(2026, 9, 26, 1, 30);
    await postDigests(parts());
    const [first, second] = await digests();
    expect(first?.to).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect([second?.from, second?.to]).toEqual([first?.to, Date.UTC(2026, 9, 26, 1, 30)]);
  });

  test('is not told where none is wished, and each channel has its own', async () => {
    await subscribe(store.db, { id: 's2', channel: 'C2', filter: 'sw' });
    await wish(null);
    await wish(9 * 60, 'C2');
    await see(failed('op-1'), { ...runs('op-2'), type: 'software' });
    await postDigests(parts());
    expect(await digests()).toEqual([]);
    expect(await digests('C2')).toMatchObject([{ running: 1, changes: { started: 1 } }]);
  });

  test('is skipped while the channel is closed, and does not come when it opens on the same day', async () => {
    await wish();
    await suspendChannel(store.db, 'C1', { at: now, reason: 'is_archived' });
    await postDigests(parts());
    await resumeChannel(store.db, 'C1');
    now += MINUTE;
    await postDigests(parts());
    expect(await digests()).toEqual([]);
    now = NINE + DAY;
    await postDigests(parts());
    expect(await digests()).toHaveLength(1);
  });

  test('is not told to a channel that subscribes nothing any more', async () => {
    await wish();
    await deleteSubscription(store.db, 'C1', 's1');
    await postDigests(parts());
    expect(await digests()).toEqual([]);
  });

  test('comes after what the night held back', async () => {
    await writeHours(
      store.db,
      'C1',
      { quiet: { from: 22 * 60, until: 9 * 60 }, digestAt: 9 * 60, zone: 'Europe/Berlin' },
      null,
    );
    now = NINE - HOUR;
    await see(failed('op-1'), failed('op-2'));
    now = NINE;
    const upkeep = startUpkeep({
      checkSharing: async () => undefined,
      ...parts(),
      ...{ log: pino({ level: 'silent' }), alertChannel: null, shared: false, wake: () => undefined },
      timekeeper: { schedule: notByItself, sinceStep: () => Number.POSITIVE_INFINITY },
      isServed: async () => true,
    });
    await upkeep.run();
    await upkeep.stop();
    const pending = await store.db
      .selectFrom('notification')
      .select('kind')
      .where('state', '=', 'pending')
      .orderBy('seq')
      .execute();
    expect(pending.map(({ kind }) => kind)).toEqual(['summary', 'summary-part', 'digest']);
  });
});
