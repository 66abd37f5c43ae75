import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { gatherNotifications } from '../../src/core/notification/gather-notifications.ts';
import type { PlannedNotification } from '../../src/core/notification/planned-notification.ts';
import { findIds } from '../../src/core/question/find-ids.ts';
import type { Task, TaskStatus } from '../../src/core/task/task.ts';
import { releaseHeld } from '../../src/notify/release-held.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { readWatchState } from '../../src/store/platform/watch-state.ts';
import { writeHours } from '../../src/store/subscription/channel-hours.ts';
import { recordSnapshots } from '../../src/watch/record-snapshots.ts';
import { aNotification, aRoot } from '../core/planned.ts';
import { NOW, sampleTask } from '../store/samples.ts';
import { subscribe } from '../store/subscription-samples.ts';
import { judge, type Row } from './row.ts';
import { median, ms } from './statistics.ts';

const ROUNDS = 5;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TASKS = 1_000;
const CHANNELS = Array.from({ length: 10 }, (_, index) => `C${index}`);
const GATHERED = 20_000;
/** What deciding, writing and explaining a notification may cost beside writing it alone. */
const STORM_RATIO = 25;
/** Work that grows with the square of what it is given would need a hundred times as long for ten times as much. */
const LINEAR = 30;
const HOSTILE = ['a1', '<', 'a@', '1-', 'h://'];

/** Our own time for planning: a storm of tasks for ten channels, what quiet hours held, and long texts. */
export async function benchPlanning(): Promise<readonly Row[]> {
  const storms: Storm[] = [];
  for (let round = 0; round < ROUNDS; round += 1) storms.push(await playStorm());
  const floor = median(storms.map((storm) => storm.floor));
  return [
    stormRow('recorded and planned', median(storms.map(({ recorded }) => recorded)), floor),
    stormRow('held by quiet hours and released', median(storms.map(({ released }) => released)), floor),
    gatheringRow(),
    hostileTextRow(),
  ];
}

interface Storm {
  readonly recorded: number;
  readonly released: number;
  readonly floor: number;
}

/** A thousand tasks fail between two looks, each for ten channels that are in their quiet hours. */
async function playStorm(): Promise<Storm> {
  const store = await openSqlite(':memory:');
  try {
    for (const channel of CHANNELS) {
      await subscribe(store.db, { id: channel, channel, kinds: ['failing', 'failed'] });
      const quiet = { from: 0, until: 12 * 60 };
      await writeHours(store.db, channel, { quiet, digestAt: null, zone: 'UTC' }, null);
    }
    const tasks = (status: TaskStatus) =>
      Array.from({ length: TASKS }, (_, index) => sampleTask({ operationId: `op-${index}`, status }));
    const look = async (now: number, seen: readonly Task[]) =>
      await recordSnapshots(store.db, { tasks: seen, gone: [] }, await readWatchState(store.db), {
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
    await look(NOW, tasks('running'));
    const failed = tasks('failed');
    const recorded = await timed(() => look(NOW + MINUTE, failed));
    const noon = NOW - (NOW % (24 * HOUR)) + 12 * HOUR;
    const released = await timed(() => releaseHeld({ db: store.db, now: () => noon, newId: randomUUID }));
    const rows = await store.db.selectFrom('notification').selectAll().execute();
    return {
      recorded,
      released,
      floor: await timed(() => insertRaw(rows.map((row) => JSON.stringify(row)))),
    };
  } finally {
    await store.close();
  }
}

/** The least program that stores as many notifications of the same size. */
async function insertRaw(notifications: readonly string[]): Promise<void> {
  const raw = new DatabaseSync(':memory:');
  raw.exec('create table notification (id integer primary key, content text); begin');
  const insert = raw.prepare('insert into notification (content) values (?)');
  for (const notification of notifications) insert.run(notification);
  raw.exec('commit');
  raw.close();
}

function stormRow(what: string, figure: number, floor: number): Row {
  return {
    what: `storm of ${TASKS.toLocaleString('en-US')} tasks for ${CHANNELS.length} channels, ${what}`,
    figure: `median ${ms(figure)}`,
    floor: `raw inserts of the same notices: ${ms(floor)}`,
    ratio: figure / floor,
    promise: `≤ ${STORM_RATIO} times its floor`,
    verdict: judge(figure / floor, STORM_RATIO),
  };
}

function gatheringRow(): Row {
  const gather = (count: number) => {
    const notifications = Array.from(
      { length: count },
      (_, index): PlannedNotification =>
        index % 2 === 0
          ? aRoot(`r-${index}`, `op-${index}`, 'failed')
          : aNotification(`n-${index}`, `op-${index}`, 'failed', { broadcast: true }),
    );
    const context = { channel: 'C1', now: NOW, newId: randomUUID, cause: 'storm' } as const;
    return bestOf(() => gatherNotifications(notifications, context));
  };
  return linearRow('notices gathered in one summary', gather(GATHERED), gather(GATHERED / 10), GATHERED);
}

function hostileTextRow(): Row {
  const find = (length: number) =>
    Math.max(...HOSTILE.map((part) => bestOf(() => findIds([part.repeat(length / part.length)]))));
  return linearRow('characters of hostile text searched for ids', find(40_000), find(4_000), 40_000);
}

function linearRow(what: string, figure: number, tenth: number, count: number): Row {
  return {
    what: `${count.toLocaleString('en-US')} ${what}`,
    figure: `at best ${ms(figure)}`,
    floor: `a tenth of it: ${ms(tenth)}`,
    ratio: figure / tenth,
    promise: 'grows with its length, not with its square',
    verdict: judge(figure / tenth, LINEAR),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The best of some rounds: collecting garbage is not what grows with the square. */
function bestOf(work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: ROUNDS + 1 }, () => {
      const begun = performance.now();
      work();
      return performance.now() - begun;
    }),
  );
}
