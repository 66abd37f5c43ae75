import { routeOf } from '../../sandbox/platform/server/route.ts';
import type { Activity } from './activity.ts';
import { type Call, openGate } from './gate.ts';
import type { JumpingClock } from './jumping-clock.ts';
import { type Point, slackPoints } from './points.ts';
import { type Sabotage, wrongSlack } from './sabotage.ts';
import { TIMES } from './script.ts';
import type { KillOrder } from './tripwire.ts';
import type { World } from './world.ts';

/** Real milliseconds after which a hanging platform is given up. */
const PLATFORM_TIMEOUT = 400;

/** The first call of every cycle, as gates name it. */
export const FIRST_READ = 'list processing 0';

/** The bot as the gates know it. */
export interface StagedBot {
  /** What comes from a bot that is not alive any more goes nowhere. */
  alive(): boolean;
  /** The bot is at this point: returns the order by which it dies, just now, or null when it lives on. */
  reached(point: Point, what: string): KillOrder | null;
  /** Resolves when the bot that died does nothing any more. Its connection is cut only then. */
  gone(): Promise<void>;
}

export interface GatesOptions {
  readonly world: World;
  readonly clock: Pick<JumpingClock, 'delay'>;
  readonly activity: Activity;
  readonly sabotage: Sabotage | null;
  readonly bot: StagedBot;
  /** Told of every call before it reaches the platform. */
  readonly onRead: (read: string) => void;
}

/** The ways of one bot to both systems. */
export interface Gates {
  readonly env: Readonly<Record<string, string>>;
  /** Cuts every connection of a bot that died, and waits until nothing of it is on its way. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** Opens gates that every call of the bot passes on its way. */
export async function openGates(options: GatesOptions): Promise<Gates> {
  const { clock, activity, sabotage, bot, onRead } = options;
  const { platform, workspace, lag } = options.world;
  const wrong = wrongSlack(sabotage);
  const closing = new AbortController();

  const dies = (point: Point, what: string) => bot.reached(point, what) !== null;
  const cutDead = () => bot.gone().then(() => 'cut' as const);

  const platformGate = await openGate(platform.url, {
    before(call) {
      if (!bot.alive()) return 'cut';
      const read = readOf(call);
      onRead(read);
      return dies('before a platform read', read) ? cutDead() : call;
    },
    after(call, answer) {
      if (!bot.alive()) return 'cut';
      return dies('after a platform read', readOf(call)) ? cutDead() : answer;
    },
  });
  const slackGate = await openGate(new URL(workspace.apiUrl).origin, {
    before(call, passOn) {
      if (!bot.alive()) return 'cut';
      const method = methodOf(call);
      const points = slackPoints(method);
      const order = points && bot.reached(points.before, method);
      if (!order) return wrong.before(call, method);
      if (order.late !== null) {
        // What was on its way when the bot died arrives all the same.
        clock.delay(order.late, closing.signal).then(
          () => activity.during(passOn(call)),
          () => undefined,
        );
      }
      return cutDead();
    },
    after(call, answer) {
      const method = methodOf(call);
      const points = slackPoints(method);
      if (method === 'chat.postMessage') lag.posted(answer.body);
      if (!bot.alive()) return 'cut';
      if (points && dies(points.after, method)) return cutDead();
      return wrong.after(lag.read(method, answer), method);
    },
  });

  return {
    env: {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      SLACK_API_URL: `${slackGate.url}/api/`,
      PORT: '0',
      IOT_BASE_URL: platformGate.url,
      IOT_APP_ID: platform.appId,
      IOT_SECRET: platform.secret,
      IOT_CALLS_PER_MINUTE: '100000',
      IOT_TIMEOUT_MS: String(PLATFORM_TIMEOUT),
      POLL_SCHEDULE: soonButNotNow(),
      SWEEP_SCHEDULE: soonButNotNow(),
      STALLED_AFTER: `${TIMES.stalledAfter / 60_000}m`,
      LOG_LEVEL: 'info',
    },
    async cut() {
      platformGate.cut();
      slackGate.cut();
      await Promise.all([platformGate.idle(), slackGate.idle()]);
    },
    async close() {
      closing.abort();
      await Promise.all([platformGate.close(), slackGate.close()]);
    },
  };
}

/** A call of the platform in a few words. */
function readOf({ method, url }: Call): string {
  const { name } = routeOf(method, url.pathname);
  if (name !== 'listTasks') return name;
  return `list ${url.searchParams.get('operationStatus') ?? 'all'} ${url.searchParams.get('pageNo') ?? ''}`;
}

function methodOf({ url }: Call): string {
  return url.pathname.split('/').at(-1) ?? '';
}

/**
 * A schedule with one minute between its runs that is half a day away: what counts as a downtime follows from the
 * interval, and no run comes by itself.
 */
function soonButNotNow(now = new Date()): string {
  return `0,1 ${(now.getUTCHours() + 12) % 24} * * *`;
}
