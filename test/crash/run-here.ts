import { randomUUID } from 'node:crypto';
import { type Bot, startBot } from '../../src/app/start-bot.ts';
import { loadConfig } from '../../src/config/config.ts';
import { machineClock } from '../../src/lib/machine-clock.ts';
import { createLog } from '../../src/ops/log.ts';
import { type Glance, openGlance } from './glance.ts';
import type { JumpingClock } from './jumping-clock.ts';
import type { Life, Lives } from './lives.ts';
import type { Point } from './points.ts';
import { type Runner, StuckError } from './runner.ts';
import { untilTold } from './until-told.ts';

/** Real milliseconds in which the echo of a bot that was killed has to end. */
const ECHO_LIMIT = 10_000;
/** Real milliseconds between two looks while the bot does not come to rest. */
const NEXT_LOOK = 150;

export interface RunHereParts {
  readonly env: Readonly<Record<string, string>>;
  readonly storePath: string;
  readonly clock: JumpingClock;
  readonly lives: Lives;
  readonly born: () => void;
  readonly reached: (point: Point) => boolean;
  /** Cuts the connections of a bot that died. */
  readonly cut: () => Promise<void>;
  readonly meanwhile: () => void;
  readonly onLog: (line: string) => void;
}

interface Running {
  readonly life: Life;
  /** Null: it died before its start was over. */
  readonly bot: Bot | null;
  readonly glance: Glance;
  swept: boolean;
}

/** Runs bots in this process, one at a time, on one store. */
export function runHere(
  parts: RunHereParts,
): Runner & { readonly alive: () => boolean; readonly die: () => void } {
  const { env, storePath, clock, lives } = parts;
  let life: Life | null = null;
  let running: Running | null = null;

  const start = async (): Promise<Running> => {
    const loaded = loadConfig(env);
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
    parts.born();
    const born = lives.begin(clock, parts.reached);
    life = born;
    const log = createLog('info', {
      write(line: string) {
        parts.onLog(line);
        if (started && line.includes('"msg":"sweep ended"')) started.swept = true;
      },
    });
    let started: Running | null = null;
    const botParts = {
      log,
      clock: { now: clock.now, monotonic: clock.now, delay: born.delay },
      schedules: machineClock({ keepsAlive: false }),
      newId: randomUUID,
    };
    const glance = openGlance(storePath, clock.now);
    started = { life: born, bot: null, glance, swept: false };
    const bot = await born
      .run(() => startBot(loaded.config, 'worker', botParts))
      .catch((error: unknown) => {
        if (born.alive()) throw error;
        return null;
      });
    started = Object.assign(started, { bot });
    return started;
  };
  /** Waits for the end of everything a dead bot had begun, so that it cannot be taken for the next one. */
  const bury = async ({ bot, glance }: Running) => {
    running = null;
    const echo = bot?.stop().catch(() => undefined) ?? Promise.resolve();
    await parts.cut();
    const limit = AbortSignal.timeout(ECHO_LIMIT);
    await new Promise<void>((resolve, reject) => {
      limit.addEventListener('abort', () => reject(new StuckError('the echo of a killed bot did not end')));
      void echo.then(resolve);
    });
    await parts.cut();
    await glance.close();
  };
  const orDeath = async <Result>(one: Running, work: Promise<Result>): Promise<Result | 'died'> => {
    const result = await Promise.race([work, one.life.death.then(() => 'died' as const)]);
    if (one.life.alive()) return result;
    await bury(one);
    return 'died';
  };
  return {
    alive: () => life?.alive() ?? false,
    die: () => life?.die(),
    async look(move) {
      move();
      running ??= await start();
      const one = running;
      // Without a bot it died while it started.
      const outcome = await orDeath(one, one.bot?.pollNow() ?? one.life.death.then(() => null));
      if (outcome === 'died') return 'died';
      return outcome?.outcome === 'good' ? 'good' : 'failed';
    },
    async settle(platform) {
      const one = running;
      if (one === null) return 'died';
      let lookedAt = performance.now();
      let looking = false;
      const telling = untilTold({
        alive: one.life.alive,
        rests: () => !looking && (one.swept || platform === 'not-seen'),
        glance: one.glance,
        meanwhile() {
          parts.meanwhile();
          // Some edits wait for the next look, which comes by itself on no schedule here.
          if (looking || performance.now() - lookedAt < NEXT_LOOK) return;
          looking = true;
          void one.bot?.pollNow().then(() => {
            looking = false;
            lookedAt = performance.now();
          });
        },
      });
      return await orDeath(one, telling);
    },
    async stop() {
      const one = running;
      if (one === null) return;
      const stopped = await orDeath(one, one.bot?.stop() ?? Promise.resolve());
      if (stopped === 'died') return;
      running = null;
      one.life.die();
      await one.glance.close();
    },
  };
}
