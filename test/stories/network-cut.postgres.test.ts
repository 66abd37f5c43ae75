import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, jest } from '@jest/globals';
import { createTestDatabase } from '../store/test-database.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';
import { looksOf, startWatchedWorker, type WatchedWorker } from './harness/watched-worker.ts';

// A lease has to run out in each of these, in real time.
jest.setTimeout(180_000);

const EVERY_SECOND = '* * * * * *';
/** A safety net for every wait: the watch is resumed well before that, in milliseconds. */
const RESUMED_WITHIN = 30_000;
/** A database that says nothing this long is given up, in milliseconds; what a process holds is over before that. */
const GIVEN_UP_AFTER = 15_000;
const REAL = { time: 'real', behaviour: { callsPerMinute: null } } as const;

/** Two workers on one database: the first watches, the second stands by. */
async function twoWorkers(
  s: Story,
  tell: (watching: WatchedWorker, standby: WatchedWorker) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase();
  const workers: WatchedWorker[] = [];
  const start = async () => {
    const env = { ...alertsTo(s), POLL_SCHEDULE: EVERY_SECOND, IOT_CALLS_PER_MINUTE: '10000' };
    const worker = await startWatchedWorker(s, database.url, env);
    workers.push(worker);
    await worker.bot.log.until(({ msg }) => msg === 'started', 'that it started', 20_000);
    return worker;
  };
  try {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
    const watching = await start();
    await s.told({ kind: 'post', thread: null, says: ['I watch 1 upgrade task'] });
    await watching.bot.log.until(({ msg }) => msg === 'sweep ended', 'that the sweep ended');
    const standby = await start();
    await tell(watching, standby);
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await database.drop();
  }
}

/** Resolves when it looks at the platform, and says when it did for the first time. */
async function firstLook(worker: WatchedWorker): Promise<number> {
  const since = performance.now();
  for (;;) {
    const [first] = looksOf(worker);
    if (first !== undefined) return first;
    if (performance.now() - since > 2 * RESUMED_WITHIN) throw new Error('the standby does not watch');
    await pause(20);
  }
}

/** From the moment another one watches, the one that was cut asks nothing of the platform and tells nobody anything. */
function expectSilenceOf(cut: WatchedWorker, from: number, until: number): void {
  const within = ({ at }: { readonly at: number }) => at >= from && at < until;
  expect(cut.reads.filter(within)).toEqual([]);
  expect(cut.slackCalls.filter(within)).toEqual([]);
}

/** A cut is logged by the one it hits, and by nobody else. */
const TROUBLE =
  /time-?out|timed out|terminated|ECONN|ECANCELED|EPIPE|ERR_STREAM|not queryable|lease-lost|store-/i;

describe('the network between the worker that watches and the database', () => {
  story(
    'goes silent: the other one watches, and when it is back the first stands by',
    (s) =>
      twoWorkers(s, async (first, second) => {
        s.fleet.setStatus('op-1', 'failed');
        const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
        expect(looksOf(second)).toEqual([]);

        first.bot.log.expect(TROUBLE);
        first.database.silence();
        s.fleet.addTask({ operationId: 'op-2', status: 'failed', tally: { total: 3 } });
        const resumed = await firstLook(second);
        await s.told({ kind: 'post', thread: null, says: ['op-2', '*failed*'] }, 20_000);
        s.fleet.change('op-1', { status: 'processing' });
        await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] }, 20_000);
        await s.edited(root, ['*running*'], 20_000);

        const healedAt = performance.now();
        expectSilenceOf(first, resumed, healedAt);
        first.database.heal();
        s.fleet.setStatus('op-1', 'success');
        await s.told({ kind: 'post', thread: root.post.ts, says: ['succeeded'] }, 20_000);
        await s.edited(root, ['*succeeded*'], 20_000);
        expect(first.reads.filter(({ at }) => at >= healedAt)).toEqual([]);

        second.bot.kill('SIGTERM');
        await second.bot.ended;
        s.fleet.addTask({ operationId: 'op-3', status: 'failed', tally: { total: 3 } });
        await s.told({ kind: 'post', thread: null, says: ['op-3', '*failed*'] }, RESUMED_WITHIN);
        expect(looksOf(first).at(-1)).toBeGreaterThan(healedAt);
      }),
    REAL,
  );

  story(
    'goes silent in the middle of a look and comes back when another one watches: what was read is not recorded',
    (s) =>
      twoWorkers(s, async (first, second) => {
        let cutAt = 0;
        first.bot.log.expect(TROUBLE);
        first.onCall = (what) => {
          if (what !== 'wait') return;
          first.onCall = null;
          cutAt = performance.now();
          first.database.silence();
        };
        s.fleet.setStatus('op-1', 'failed');
        const resumed = await firstLook(second);
        first.database.heal();
        const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] }, 20_000);
        await pause(Math.max(0, cutAt + 2 * GIVEN_UP_AFTER - performance.now()));
        expect(first.reads.filter(({ at }) => at >= resumed)).toEqual([]);
        s.fleet.change('op-1', { status: 'processing' });
        await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] }, 20_000);
        await s.edited(root, ['*running*'], 20_000);
      }),
    REAL,
  );

  story(
    'goes silent while Slack takes a notification: the other one finds it there and goes on in its thread',
    (s) =>
      twoWorkers(s, async (first, second) => {
        const posting = Promise.withResolvers<WatchedWorker>();
        for (const worker of [first, second]) {
          worker.onCall = (what) => {
            if (what !== 'chat.postMessage') return;
            first.onCall = second.onCall = null;
            worker.database.silence();
            posting.resolve(worker);
          };
        }
        s.fleet.setStatus('op-1', 'failed');
        const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] }, 20_000);
        const poster = await posting.promise;
        poster.bot.log.expect(TROUBLE);
        s.fleet.change('op-1', { status: 'processing' });
        await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] }, 2 * RESUMED_WITHIN);
        await s.edited(root, ['*running*'], 20_000);
        const saidSo = (line: object) => TROUBLE.test(JSON.stringify(line));
        await poster.bot.log.until(saidSo, 'that its database is gone', 2 * RESUMED_WITHIN);
        poster.database.heal();
        s.fleet.setStatus('op-1', 'failed');
        await s.told({ kind: 'post', thread: root.post.ts, says: ['failed'] }, 2 * RESUMED_WITHIN);
        await s.edited(root, ['*failed*'], 20_000);
      }),
    REAL,
  );

  story(
    'resets every connection: the other one watches',
    (s) =>
      twoWorkers(s, async (first, second) => {
        first.bot.log.expect(TROUBLE);
        first.database.reset();
        s.fleet.setStatus('op-1', 'failed');
        const resumed = await firstLook(second);
        await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] }, 20_000);
        const healedAt = performance.now();
        expectSilenceOf(first, resumed, healedAt);
        first.database.heal();
        s.fleet.addTask({ operationId: 'op-2', status: 'failed', tally: { total: 3 } });
        await s.told({ kind: 'post', thread: null, says: ['op-2', '*failed*'] }, 20_000);
        expect(first.reads.filter(({ at }) => at >= healedAt)).toEqual([]);
      }),
    REAL,
  );
});
