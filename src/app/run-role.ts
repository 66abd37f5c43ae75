import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { errorFields, OperationalError } from '../lib/operational-error.ts';
import { createLog } from '../ops/log.ts';
import { describeFailure, isBug } from './describe-failure.ts';
import { EXIT } from './exit.ts';
import type { Role } from './roles.ts';
import { type Bot, realParts, startBot } from './start-bot.ts';

/** A slower stop is cut off, in milliseconds. The next start checks whether posts in progress arrived. */
const STOP_LIMIT = 4_500;

/** Runs the bot until a stop signal arrives. Resolves with the exit code after the stop or a failed start. */
export async function runRole(config: Config, role: Role): Promise<number> {
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  // Until the bot runs there is nothing to finish.
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
  // A second signal exits immediately.
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

/** Returns a function that removes the listener. */
function onStopSignal(listener: (signal: string) => void): () => void {
  process.on('SIGTERM', listener).on('SIGINT', listener);
  return () => void process.off('SIGTERM', listener).off('SIGINT', listener);
}
