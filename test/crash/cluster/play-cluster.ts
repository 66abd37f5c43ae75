import { join } from 'node:path';
import { seededRandom } from '../../../sandbox/platform/fleet/random.ts';
import { openStore } from '../../../src/store/engine/open-store.ts';
import { createTestDatabase } from '../../store/test-database.ts';
import type { Activity } from '../activity.ts';
import { openBoard } from '../board.ts';
import { createBoardOrders } from '../board-orders.ts';
import { FIRST_READ, openGates } from '../gates.ts';
import { glanceAt } from '../glance.ts';
import { createHangs } from '../hangs.ts';
import { playScript } from '../play-script.ts';
import type { Hit, Played } from '../played.ts';
import { NETWORK_POINTS, type Point } from '../points.ts';
import { readChannels } from '../read-channels.ts';
import type { Sabotage } from '../sabotage.ts';
import type { Script } from '../script.ts';
import { withFolder } from '../store-folder.ts';
import { CHANNELS, subscribeIn } from '../subscriptions.ts';
import { createTripwire, type KillOrder } from '../tripwire.ts';
import type { Trouble } from '../trouble.ts';
import { openWorld } from '../world.ts';
import { startBareApp } from './bare-app.ts';
import { judgeLateness } from './late-acknowledgements.ts';
import type { Member } from './member.ts';
import { startPeople } from './people.ts';
import { playable } from './playable.ts';
import { createRealClock } from './real-clock.ts';
import { runCluster } from './run-cluster.ts';
import { createStrikes } from './strikes.ts';
import { createWatchLog } from './watch-log.ts';

const PLACES = [
  { name: 'worker-1', role: 'worker' },
  { name: 'worker-2', role: 'worker' },
  { name: 'web-1', role: 'web' },
  { name: 'web-2', role: 'web' },
] as const;
const SCHEDULE = '*/3 * * * * *';
/** Of all processes together. A cycle makes up to 8 calls, and all cycles of a minute half of these. */
const CALLS_PER_MINUTE = 320;
/** A call that is on its way when the script moves the clock ahead is younger to the platform than to the bot. */
const CALLS_MOVED_ON = 20;
/** More than are left. */
const QUESTIONS_AT_ONCE = 330;
/** Longer than Slack waits, in milliseconds: how late an acknowledgement was is judged when the run is over. */
const PATIENCE = 30_000;
/** How long a place stays empty, in milliseconds at the most. */
const EMPTY_FOR = 4_000;

export interface ClusterTools {
  readonly activity: Activity;
  readonly realNow: () => number;
  /** Makes this the time of the whole process, until it is called again. */
  readonly setTime: (now: () => number) => void;
}

/** Plays a script with two workers and two webs on one PostgreSQL, each a process that may be killed at any time. */
export async function playCluster(
  script: Script,
  trouble: Trouble,
  tools: ClusterTools,
  sabotage: Sabotage | null = null,
): Promise<Played> {
  const database = await createTestDatabase();
  try {
    return await withFolder((folder) =>
      play(script, trouble, tools, { folder, databaseUrl: database.url, sabotage }),
    );
  } finally {
    await database.drop();
  }
}

interface PlaceOfPlay {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly sabotage: Sabotage | null;
}

async function play(
  script: Script,
  trouble: Trouble,
  { activity, realNow, setTime }: ClusterTools,
  { folder, databaseUrl, sabotage }: PlaceOfPlay,
): Promise<Played> {
  const boardPath = join(folder, 'board');
  const board = openBoard(boardPath, 'w+');
  const clock = createRealClock(board.offset, realNow);
  setTime(clock.now);
  const random = seededRandom(Math.imul(script.seed, 0x85ebca6b) ^ 0x27d4eb2f);
  const tripwire = createTripwire();
  const orders = createBoardOrders(board);
  const hangs = createHangs();
  const hits: Hit[] = [];
  const log: string[] = [];
  const watch = createWatchLog();
  /** The story is told, and nobody dies any more. */
  let calm = false;
  let onCycleBegins: ((member: Member) => void) | null = null;

  const hit = (point: Point, what: string) => {
    hits.push({ point, what });
    log.push(`--- killed ${point} ${what}`);
  };
  const world = await openWorld({
    ackTimeoutMs: PATIENCE,
    ...{ now: clock.now, historyLag: trouble.historyLag, callsPerMinute: CALLS_PER_MINUTE + CALLS_MOVED_ON },
  });
  const store = await openStore({ kind: 'postgres', url: databaseUrl });
  const members = await Promise.all(PLACES.map(openMember));
  const webs = members.filter(({ role }) => role === 'web');
  const cluster = runCluster({
    ...{ members, glance: glanceAt(store.db, clock.now) },
    envOf: ({ gates }) => ({
      ...gates.env,
      POLL_SCHEDULE: SCHEDULE,
      IOT_CALLS_PER_MINUTE: String(CALLS_PER_MINUTE),
      DATABASE_URL: databaseUrl,
      CRASH_BOARD: boardPath,
    }),
    restartAfter: () => EMPTY_FOR * random(),
    born(life) {
      watch.born(life);
      tripwire.born();
    },
    async buried(life, { gates, role }) {
      watch.ended(life, role);
      for (const order of orders.collect()) hit(order.point, '');
      await hangs.releaseDuring(() => gates.cut());
    },
    onCycleBegins: (listener) => {
      onCycleBegins = listener;
    },
    meanwhile: () => hangs.release(),
    onLog: (line) => void log.push(line),
  });
  const bare = await startBareApp(world.workspace);
  const people = startPeople({ ...{ workspace: world.workspace, webs, random }, offset: board.offset.read });
  const strikes = createStrikes(random, members.length, (place) => {
    const member = members[place];
    if (!member?.life?.alive) return;
    log.push(`--- struck ${member.name}`);
    cluster.kill(member);
  });
  try {
    const begun = clock.now();
    await subscribeIn(store.db, (name) => world.workspace.channelInfo(name).id, begun);
    const marks = await playScript(
      script,
      { ...trouble, mishaps: playable(trouble.mishaps) },
      {
        ...{ stage: world, clock, runner: cluster, hangs, begun },
        arm: (order: KillOrder) => (NETWORK_POINTS.has(order.point) ? tripwire : orders).arm(order),
        async openWard() {
          world.workspace.changeChannel('ward', { archived: false });
          await people.insist('ward', 'subscribe');
        },
        onStep: strikes.plan,
      },
    );
    calm = true;
    board.order(null);
    strikes.end();
    await people.rest();
    await cluster.complete();
    const channels = readChannels(world.workspace, CHANNELS, marks, 'notifications-only');
    await people.allAsk(QUESTIONS_AT_ONCE);
    await cluster.stop();
    const { problems, figures } = watch.verdict(CALLS_PER_MINUTE);
    const { asked, answered, late, problems: complaints } = people.answers();
    return {
      ...{ channels, hits, log, processesKilled: cluster.killed() },
      problems: [
        ...problems,
        ...complaints,
        ...judgeLateness(late, bare.slowest()),
        ...(await people.checkSubscriptions(store.db)),
      ],
      cluster: { ...figures, asked, answered, late: late.length },
    };
  } catch (error) {
    throw new Error(`${String(error)}\n${log.slice(-30).join('\n')}`, { cause: error });
  } finally {
    strikes.end();
    await people.rest();
    await bare.stop();
    await cluster.stop().catch(() => undefined);
    await Promise.all(members.map(({ gates }) => gates.close()));
    await world.close();
    await store.close();
    board.close();
  }

  async function openMember(place: (typeof PLACES)[number]): Promise<Member> {
    let self: Member | null = null;
    const gates = await openGates({
      ...{ world, clock, activity, sabotage },
      onRead(read) {
        watch.called(self?.life ?? null, place.role, clock.now());
        if (read === FIRST_READ && self) onCycleBegins?.(self);
      },
      bot: {
        alive: () => self?.life?.alive ?? false,
        reached(point, what) {
          const order = calm ? null : tripwire.reached(point, what);
          if (order !== null && self) {
            hit(point, what);
            cluster.kill(self);
          }
          return order;
        },
        gone: async () => await self?.life?.ended,
      },
    });
    self = { ...place, gates, life: null };
    return self;
  }
}
