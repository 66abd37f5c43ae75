import { type Config, loadConfig } from '../config/config.ts';
import { errorFields } from '../lib/error-fields.ts';
import { OperationalError } from '../lib/operational-error.ts';
import { checkAll } from '../ops/check-all.ts';
import { leave } from '../ops/leave.ts';
import { createLog } from '../ops/log.ts';
import { openStore } from '../store/engine/open-store.ts';
import { type Bot, type Role, realParts, startBot } from './bot.ts';

/** Exit codes (sysexits): the command line, the settings, anything else. */
const EXIT = { ok: 0, failed: 1, usage: 64, settings: 78 } as const;
/** A stop that takes longer is cut: what was being sent is looked for at the next start. */
const STOP_LIMIT = 4_500;

const ROLES: readonly Role[] = ['all', 'web', 'worker'];

/** Runs `all`, `web`, `worker`, `check` or `migrate` with these settings. */
export async function runCommand(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  // What is written, the store first of all, is for the user of this process alone.
  process.umask(0o077);
  const role = ROLES.find((name) => name === command);
  if (role === undefined && command !== 'check' && command !== 'migrate') {
    end(EXIT.usage, `unknown role "${command}": use one of all, web, worker, check, migrate`);
  }
  const loaded = loadConfig(environment);
  if (!loaded.ok) end(EXIT.settings, ...loaded.problems);
  else if (command === 'check') await check(loaded.config);
  else if (command === 'migrate') await migrate(loaded.config);
  else if (role !== undefined) await run(loaded.config, role);
}

async function run(config: Config, role: Role): Promise<void> {
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  let bot: Bot | null = null;
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping || bot === null) leave(stopping ? EXIT.failed : EXIT.ok);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.warn('the stop took too long; what is unfinished is looked for at the next start');
      leave(EXIT.ok);
    }, STOP_LIMIT).unref();
    bot.stop().then(
      () => leave(EXIT.ok),
      (error: unknown) => {
        log.error(errorFields(error), 'the stop failed');
        leave(EXIT.failed);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    bot = await startBot(config, role, { ...realParts(log), ownsProcess: true });
  } catch (error) {
    if (!(error instanceof OperationalError) && sentenceFor(error) === null) {
      log.fatal({ err: error }, 'the start failed');
    }
    const settings = error instanceof OperationalError && error.code === 'tls-unusable-files';
    end(settings ? EXIT.settings : EXIT.failed, describe(error));
  }
}

async function check(config: Config): Promise<void> {
  const lines = await checkAll(config, createLog('silent'));
  for (const { ok, text } of lines) console.log(`${ok ? 'ok    ' : 'FAILED'} ${text}`);
  leave(lines.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed);
}

async function migrate(config: Config): Promise<void> {
  try {
    await (await openStore(config.store)).close();
    console.log('The store is at the newest schema.');
  } catch (error) {
    end(EXIT.failed, describe(error));
  }
}

function describe(error: unknown): string {
  if (error instanceof OperationalError) return `${error.message} ${error.advice}`;
  return sentenceFor(error) ?? `The start failed: ${error instanceof Error ? error.message : String(error)}`;
}

/** The sentence of a failure of the machine that people can mend; null for a bug of ours, which needs its stack. */
function sentenceFor(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return 'PORT is in use by another program: choose another port or stop that program.';
  }
  return code === 'EACCES' ? 'PORT may not be opened by this user: choose one above 1023.' : null;
}

/** Ends with plain lines instead of a stack trace: what is wrong is outside of the program. */
function end(code: number, ...lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  leave(code);
}
