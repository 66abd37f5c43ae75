import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { errorFields, OperationalError } from '../lib/operational-error.ts';
import { createLog } from '../ops/log.ts';
import { describeFailure, isBug } from './describe-failure.ts';
import { EXIT } from './exit.ts';
import type { Role } from './roles.ts';
import { type Bot, realParts, startBot } from './start-bot.ts';

/** A stop that takes longer is cut: what was being sent is looked for at the next start. Milliseconds. */
const STOP_LIMIT = 4_500;

/** Runs the bot until a signal asks it to stop. Resolves with the exit code once it has stopped, or could not start. */
export async function runRole(config: Config, role: Role): Promise<number> {
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  // Before it runs there is nothing to finish.
  const forget = onStopSignal(() => process.exit(EXIT.ok));
  try {
    const bot = await startBot(config, role, { ...realParts(log), ownsProcess: true });
    forget();
    return await stopAtSignal(bot, log);
  } catch (error) {
    if (isBug(error)) log.fatal({ err: error }, 'the start failed');
    console.error(describeFailure(error));
    const settings = error instanceof OperationalError && error.code === 'tls-unusable-files';
    return settings ? EXIT.settings : EXIT.failed;
  }
}

async function stopAtSignal(bot: Bot, log: Logger): Promise<number> {
  const signal = await new Promise<string>((resolve) => onStopSignal(resolve));
  log.info({ signal }, 'stopping');
  // A second one ends it at once.
  onStopSignal(() => process.exit(EXIT.failed));
  setTimeout(() => {
    const hanging = bot.stopping();
    log.warn({ hanging }, 'the stop took too long; what is unfinished is looked for at the next start');
    process.exit(EXIT.ok);
  }, STOP_LIMIT).unref();
  try {
    await bot.stop();
    return EXIT.ok;
  } catch (error) {
    log.error(errorFields(error), 'the stop failed');
    return EXIT.failed;
  }
}

/** Returns what ends the listening. */
function onStopSignal(listener: (signal: string) => void): () => void {
  process.on('SIGTERM', listener).on('SIGINT', listener);
  return () => void process.off('SIGTERM', listener).off('SIGINT', listener);
}
