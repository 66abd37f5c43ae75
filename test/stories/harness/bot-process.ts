import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startedByNpm } from '../../start-line.ts';
import { LogWatch } from './log-watch.ts';
import type { Environment } from './running-bot.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const START = startedByNpm();

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the start to the end. */
  readonly milliseconds: number;
}

/** The program as `npm start` runs it. */
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
  const child: ChildProcess = spawn(process.execPath, [...START.flags, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...START.env, ...environment },
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
