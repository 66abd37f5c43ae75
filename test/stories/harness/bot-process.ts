import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LogWatch } from './log-watch.ts';
import type { Environment } from './running-bot.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url));

/**
 * What the program starts itself once more with (src/main.ts). Given at once, a process is up in half the time; that it does
 * so by itself is seen where it is started as it is deployed (test/deploy).
 */
export const STARTED_LEAN = {
  flags: ['--max-semi-space-size=1'],
  env: {
    ...{ MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '16384', MALLOC_TRIM_THRESHOLD_: '16384' },
    ...{ NODE_COMPILE_CACHE: COMPILED, STARTED_COMPILED: '1' },
  },
} as const;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the start to the end. */
  readonly milliseconds: number;
}

/** The program as it runs in production: `node src/main.ts`. */
export interface BotProcess {
  readonly pid: number;
  readonly log: LogWatch;
  /** What it wrote to standard error, and to standard output where that is no log. */
  readonly stderr: () => string;
  readonly stdout: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
  readonly running: () => boolean;
}

/** Runs the program with exactly this environment. */
export function runMain(
  environment: Environment,
  args: readonly string[] = ['all'],
  log: LogWatch = new LogWatch(),
): BotProcess {
  const begun = performance.now();
  const child: ChildProcess = spawn(process.execPath, [...STARTED_LEAN.flags, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...STARTED_LEAN.env, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    log.write(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, milliseconds: performance.now() - begun }));
  });
  return {
    pid: child.pid ?? 0,
    log,
    stderr: () => stderr,
    stdout: () => stdout,
    kill: (signal) => void child.kill(signal),
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
  };
}

/** The port a bot says it listens on, once it runs. */
export async function portOf(bot: BotProcess, nth = 0): Promise<number> {
  const started = () => bot.log.lines.filter(({ msg }) => msg === 'started');
  const gone = bot.ended.then(({ code }) => {
    throw new Error(`the bot ended with ${code} while starting: ${bot.stderr()}${bot.stdout()}`);
  });
  const up = bot.log.until(() => started().length > nth, 'started');
  await Promise.race([up, gone]);
  return Number(started()[nth]?.port);
}
