import type { Logger } from 'pino';

/** What node-cron writes to. Left alone, it writes coloured lines to the console, among our lines of JSON. */
export function cronLog(log: Logger) {
  return {
    debug: () => undefined,
    info: (message: string) => log.debug(message),
    warn: (message: string) => log.warn(message),
    error: (message: string | Error, error?: Error) => log.error({ err: error ?? message }, 'schedule'),
  };
}
