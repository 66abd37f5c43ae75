import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/app/roles.ts';
import { type Bot, startBot } from '../../../src/app/start-bot.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { machineClock } from '../../../src/lib/machine-clock.ts';
import { createLog } from '../../../src/ops/log.ts';
import type { LogWatch } from './log-watch.ts';
import type { StoryClock } from './story-clock.ts';

/** The environment a bot is started with. */
export type Environment = Readonly<Record<string, string>>;

/** Starts the bot in this process, on the story's clock, from the same environment a process would read. */
export async function startBotHere(
  environment: Environment,
  role: Role,
  clock: StoryClock,
  log: LogWatch,
): Promise<Bot> {
  const loaded = loadConfig(environment);
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return await startBot(loaded.config, role, {
    log: createLog('debug', { write: (line: string) => log.write(line) }),
    // The story's clock is never set: what is advanced has passed.
    clock: { now: clock.now, monotonic: clock.now, delay: clock.delay },
    // A story looks when it says so; what runs by itself meanwhile keeps to real time.
    schedules: machineClock({ keepsAlive: false }),
    newId: randomUUID,
  });
}
