import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { releaseHeld } from '../../src/notify/release-held.ts';
import { createSoleLeases } from '../../src/store/engine/lease-keeper.ts';
import { contentOf } from '../../src/store/notification/notification-content.ts';
import { readBlindness } from '../../src/store/platform/watch-state.ts';
import { writeHours } from '../../src/store/subscription/channel-hours.ts';
import { countFailedPoll, endBlindness } from '../../src/watch/report-blindness.ts';
import { startWatch, type Watch } from '../../src/watch/start-watch.ts';
import { notByItself } from '../lib/driven-clock.ts';
import { temporaryFolder } from '../store/folder.ts';
import { subscribe } from '../store/subscription-samples.ts';
import { type Bench, CHANNEL, MINUTE, notificationsOf, setUp } from './bench.ts';

let watch: Watch | undefined;
afterEach(async () => {
  await watch?.stop();
  watch = undefined;
});

/** The watch as the program starts it, looking only when told; its first look and sweep are behind it. */
async function start(bench: Bench): Promise<void> {
  await bench.settle();
  const swept = Promise.withResolvers<void>();
  const write = (line: string) => JSON.parse(line).msg === 'sweep ended' && swept.resolve();
  watch = startWatch({
    ...bench.parts,
    ...bench.budget,
    leases: createSoleLeases(),
    schedule: notByItself,
    ...{ log: pino({}, { write }), pollSchedule: '0 0 1 1 *', sweepSchedule: '0 0 1 1 *' },
    onCycle: () => undefined,
  });
  await swept.promise;
  await watch.pollNow();
}

async function looks(bench: Bench, count: number): Promise<void> {
  for (let look = 0; look < count; look += 1) {
    bench.clock.advance(MINUTE);
    await watch?.pollNow();
  }
}

const goAway = ({ platform }: Bench) =>
  platform.faults.add({ kind: 'html' }, { call: 'listTasks', times: 'until-cleared' });

/** What tells of blindness, as `channel state`, and whether it is said to be over. */
async function told(bench: Bench): Promise<readonly string[]> {
  const rows = (await notificationsOf(bench)).filter(({ kind }) => kind === 'blind');
  return rows.map((row) => {
    const content = contentOf(row);
    const over = content.kind === 'blind' && content.until !== null ? ' over' : '';
    return `${row.channel} ${row.state}${over}`;
  });
}

describe('a platform that cannot be read', () => {
  test('is told after the third look in a row, once to each channel, with when it began', async () => {
    await using bench = await setUp();
    for (const [id, channel] of [
      ['s2', 'C2'],
      ['s3', 'C2'],
    ] as const) {
      await subscribe(bench.store.db, { id, channel, filter: id === 's3' ? 'sw' : '' });
    }
    await start(bench);
    const lastGood = bench.clock.now();
    goAway(bench);
    await looks(bench, 2);
    expect(await told(bench)).toEqual([]);
    await looks(bench, 1);
    expect(await told(bench)).toEqual([`${CHANNEL} pending`, 'C2 pending']);
    await looks(bench, 5);
    expect(await told(bench)).toHaveLength(2);
    const [row] = (await notificationsOf(bench)).filter(({ kind }) => kind === 'blind');
    expect(row && contentOf(row)).toMatchObject({ since: lastGood, until: null });
    expect(row).toMatchObject({ place: 'root', happened_at: lastGood, noticed_at: lastGood + 3 * MINUTE });
  });

  test('is told to a channel that is subscribed meanwhile as well, once', async () => {
    await using bench = await setUp();
    await start(bench);
    goAway(bench);
    await looks(bench, 3);
    await subscribe(bench.store.db, { id: 's2', channel: 'C2' });
    await looks(bench, 2);
    expect(await told(bench)).toEqual([`${CHANNEL} pending`, 'C2 pending']);
    bench.platform.faults.clear();
    await looks(bench, 1);
    expect(await told(bench)).toEqual([`${CHANNEL} pending over`, 'C2 pending over']);
  });

  test('twice and then again is nobody’s business', async () => {
    await using bench = await setUp();
    await start(bench);
    for (let time = 0; time < 3; time += 1) {
      const away = goAway(bench);
      await looks(bench, 2);
      away.clear();
      await looks(bench, 1);
    }
    expect(await told(bench)).toEqual([]);
    expect(await readBlindness(bench.store.db)).toBeNull();
  });

  test('is told to be readable again by an edit, and told anew the next time', async () => {
    await using bench = await setUp();
    await start(bench);
    const away = goAway(bench);
    await looks(bench, 4);
    away.clear();
    await looks(bench, 2);
    expect(await told(bench)).toEqual([`${CHANNEL} pending over`]);
    const message = await bench.store.db
      .selectFrom('message')
      .selectAll()
      .where('kind', '=', 'blind')
      .executeTakeFirst();
    expect(message).toMatchObject({ wanted_version: 1, shown_version: 0 });
    goAway(bench);
    await looks(bench, 3);
    expect(await told(bench)).toEqual([`${CHANNEL} pending over`, `${CHANNEL} pending`]);
  });

  test('is remembered over restarts: neither counted anew nor told twice', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const trouble = { message: 'The platform does not answer.', advice: 'Wait.' };
    for (const [failing, expected] of [
      [2, []],
      [1, [`${CHANNEL} pending`]],
      [4, [`${CHANNEL} pending`]],
    ] as const) {
      await using bench = await setUp({ path });
      for (let look = 0; look < failing; look += 1) await countFailedPoll({ ...bench.parts }, trouble);
      expect(await told(bench)).toEqual(expected);
    }
    await using bench = await setUp({ path });
    await endBlindness(bench.parts);
    expect(await told(bench)).toEqual([`${CHANNEL} pending over`]);
  });

  test('in quiet hours is told when they end, with how long it lasted', async () => {
    await using bench = await setUp();
    await start(bench);
    const minute = Math.floor(bench.clock.now() / MINUTE) % (24 * 60);
    const quiet = { from: minute - 10, until: minute + 30 };
    await writeHours(bench.store.db, CHANNEL, { quiet, digestAt: null, zone: 'UTC' }, null);
    const away = goAway(bench);
    await looks(bench, 3);
    expect(await told(bench)).toEqual([`${CHANNEL} held`]);
    away.clear();
    await looks(bench, 1);
    bench.clock.advance(30 * MINUTE);
    await releaseHeld({ db: bench.store.db, now: bench.clock.now, newId: bench.parts.newId });
    expect(await told(bench)).toEqual([`${CHANNEL} pending over`]);
  });

  test('while stopping is not counted', async () => {
    await using bench = await setUp({ timeoutMs: 60_000 });
    await start(bench);
    bench.platform.faults.add({ kind: 'hang' }, { call: 'listTasks', times: 'until-cleared' });
    const look = watch?.pollNow();
    await watch?.stop();
    await look;
    expect(await readBlindness(bench.store.db)).toBeNull();
  });
});
