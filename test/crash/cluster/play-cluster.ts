import { join } from 'node:path';
import { seededRandom } from '../../../src/sandbox/platform/random.ts';
import { openStore } from '../../../src/store/open-store.ts';
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
import type { Script } from '../script.ts';
import { withFolder } from '../store-folder.ts';
import { CHANNELS, subscribeIn } from '../subscriptions.ts';
import { createTripwire, type KillOrder } from '../tripwire.ts';
import type { Mishap, Trouble } from '../trouble.ts';
import { openWorld } from '../world.ts';
import type { Life, Member } from './member.ts';
import { startPeople } from './people.ts';
import { createRealClock } from './real-clock.ts';
import { runCluster } from './run-cluster.ts';
import { judgeTurns, mostInAMinute, type Turn } from './watch-turns.ts';

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
/** After a death another process goes on within this time: a lease, and the next time somebody asks for it. */
const RESUMED_WITHIN = 30_000;
/** Tokens that die more often are named a fight, and logging in rests for minutes. */
const MOST_TOKEN_LOSSES = 2;
/** Times of kills that come from nowhere, from the beginning of a step; and how long a place stays empty. Milliseconds. */
const STRIKES_WITHIN = 6_000;
const EMPTY_FOR = 4_000;
/** How many steps are struck, and how likely a second process is as well. */
const STRUCK = { once: 0.6, twice: 0.3 } as const;

export interface ClusterTools {
  readonly activity: Activity;
  readonly realNow: () => number;
  /** Makes this the time of the whole process, until it is called again. */
  readonly setTime: (now: () => number) => void;
}

/** Plays a script with two workers and two webs on one PostgreSQL, each a process that may be killed at any time. */
export async function playCluster(script: Script, trouble: Trouble, tools: ClusterTools): Promise<Played> {
  const database = await createTestDatabase();
  try {
    return await withFolder((folder) => play(script, trouble, tools, folder, database.url));
  } finally {
    await database.drop();
  }
}

async function play(
  script: Script,
  trouble: Trouble,
  { activity, realNow, setTime }: ClusterTools,
  folder: string,
  databaseUrl: string,
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
  const turns: Turn[] = [];
  const calls: number[] = [];
  const endedAt = new Map<number, number>();
  const numbers = new WeakMap<Life, number>();
  let lives = 0;
  /** The story is told, and nobody dies any more. */
  let calm = false;
  let onCycleBegins: ((member: Member) => void) | null = null;

  const hit = (point: Point, what: string) => {
    hits.push({ point, what });
    log.push(`--- killed ${point} ${what}`);
  };
  const world = await openWorld({
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
      lives += 1;
      numbers.set(life, lives);
      tripwire.born();
    },
    async buried(life, { gates }) {
      endedAt.set(numbers.get(life) ?? 0, performance.now());
      for (const order of orders.collect()) hit(order.point, '');
      await hangs.releaseDuring(() => gates.cut());
    },
    onCycleBegins: (listener) => {
      onCycleBegins = listener;
    },
    meanwhile: () => hangs.release(),
    onLog: (line) => void log.push(line),
  });
  const people = startPeople({ ...{ workspace: world.workspace, webs, random }, offset: board.offset.read });
  const strikes = new Set<NodeJS.Timeout>();
  const strike = () => {
    const at = setTimeout(() => {
      strikes.delete(at);
      const member = members[Math.floor(random() * members.length)];
      if (!member?.life?.alive) return;
      log.push(`--- struck ${member.name}`);
      cluster.kill(member);
    }, STRIKES_WITHIN * random());
    strikes.add(at);
  };
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
        onStep() {
          if (random() < STRUCK.once) strike();
          if (random() < STRUCK.twice) strike();
        },
      },
    );
    calm = true;
    board.order(null);
    for (const at of strikes) clearTimeout(at);
    await people.rest();
    await cluster.complete();
    const channels = readChannels(world.workspace, CHANNELS, marks, 'notices-only');
    await people.allAsk(QUESTIONS_AT_ONCE);
    await cluster.stop();
    const watched = judgeTurns(turns, endedAt);
    const most = mostInAMinute(calls);
    const { asked, answered, problems } = people.answers();
    return {
      ...{ channels, hits, log, processesKilled: cluster.killed() },
      problems: [
        ...problems,
        ...(await people.checkSubscriptions(store.db)),
        ...watched.problems,
        ...(watched.longestHandover > RESUMED_WITHIN
          ? [`nobody watched for ${Math.round(watched.longestHandover / 1_000)} s after a death`]
          : []),
        ...(most > CALLS_PER_MINUTE ? [`${most} calls in a minute instead of ${CALLS_PER_MINUTE}`] : []),
      ],
      cluster: {
        ...{ calls: turns.length, handovers: watched.handovers, longestHandover: watched.longestHandover },
        ...{ mostCalls: most, callsAllowed: CALLS_PER_MINUTE, asked, answered },
      },
    };
  } catch (error) {
    throw new Error(`${String(error)}\n${log.slice(-30).join('\n')}`, { cause: error });
  } finally {
    for (const at of strikes) clearTimeout(at);
    await people.rest();
    await cluster.stop().catch(() => undefined);
    await Promise.all(members.map(({ gates }) => gates.close()));
    await world.close();
    await store.close();
    board.close();
  }

  async function openMember(place: (typeof PLACES)[number]): Promise<Member> {
    let self: Member | null = null;
    const gates = await openGates({
      ...{ world, clock, activity, sabotage: null },
      onRead(read) {
        calls.push(clock.now());
        const life = self?.life;
        if (!self || !life || place.role === 'web') return;
        turns.push({ life: numbers.get(life) ?? 0, at: performance.now() });
        if (read === FIRST_READ) onCycleBegins?.(self);
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

/** Without what takes minutes of real patience and tells nothing here: a token that is refused is mended by people. */
function playable(mishaps: readonly Mishap[]): readonly Mishap[] {
  let tokens = 0;
  return mishaps.filter((mishap) => {
    if (mishap.side === 'tokens') {
      tokens += 1;
      return tokens <= MOST_TOKEN_LOSSES;
    }
    return mishap.side !== 'slack' || mishap.fault.kind !== 'error' || mishap.fault.error !== 'token_revoked';
  });
}
