import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startedByNpm } from '../start-line.ts';
import { type Glance, openGlance } from './glance.ts';
import { type Runner, StuckError } from './runner.ts';
import { untilTold } from './until-told.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const START = startedByNpm();
const PRELOAD = new URL('./child-preload.ts', import.meta.url).href;
/** Real milliseconds from one look of the bot to the next; a start takes longer, and a busy machine longer still. */
const LOOK_LIMIT = 60_000;

export interface RunProcessParts {
  readonly env: Readonly<Record<string, string>>;
  readonly storePath: string;
  readonly now: () => number;
  readonly born: () => void;
  /** To be called before the next look of the bot reaches the platform. */
  readonly onCycleBegins: (listener: (() => void) | null) => void;
  /** Cuts the connections of a bot that died. */
  readonly cut: () => Promise<void>;
  readonly meanwhile: () => void;
  readonly onLog: (line: string) => void;
}

/** One process, from its start to its end. */
interface Running {
  readonly child: ChildProcess;
  readonly glance: Glance;
  readonly ended: Promise<void>;
  alive: boolean;
  swept: boolean;
  /** Looks that ended, by how. */
  readonly looks: ('good' | 'failed')[];
  /** Wakes whoever waits for a look. */
  onLook: () => void;
  stderr: string;
}

export interface ProcessRunner extends Runner {
  readonly alive: () => boolean;
  /** Kills the process; resolves when it is gone. */
  readonly kill: () => void;
  readonly gone: () => Promise<void>;
  /** How many processes ended by SIGKILL. */
  readonly killed: () => number;
}

/** Runs bots as processes of their own (`node src/main.ts`), one at a time, on one store. They look every second. */
export function runProcess(parts: RunProcessParts): ProcessRunner {
  let running: Running | null = null;
  let killed = 0;

  const start = (): Running => {
    parts.born();
    const child = spawn(process.execPath, [...START.flags, '--import', PRELOAD, MAIN, 'all'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...START.env, ...parts.env },
    });
    const ended = Promise.withResolvers<void>();
    const one: Running = {
      ...{
        child,
        glance: openGlance(parts.storePath, parts.now),
        ended: ended.promise,
        alive: true,
        swept: false,
      },
      ...{ looks: [], onLook: () => undefined, stderr: '' },
    };
    child.stdout?.setEncoding('utf8').on(
      'data',
      lines((line) => note(one, line)),
    );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      one.stderr += text;
    });
    child.once('close', (_code, signal) => {
      one.alive = false;
      if (signal === 'SIGKILL') killed += 1;
      one.onLook();
      ended.resolve();
    });
    running = one;
    return one;
  };
  const note = (one: Running, line: string) => {
    parts.onLog(line);
    if (line.includes('"msg":"sweep ended"')) one.swept = true;
    const failed = line.includes('"msg":"cycle failed');
    if (!failed && !line.includes('"msg":"cycle"')) return;
    one.looks.push(!failed && line.includes('"outcome":"good"') ? 'good' : 'failed');
    one.onLook();
  };
  /** Takes leave of a process that ended. One that ended by itself is a failure of the bot. */
  const bury = async (one: Running): Promise<'died'> => {
    await one.ended;
    running = null;
    await parts.cut();
    await one.glance.close();
    if (one.child.signalCode === 'SIGKILL') return 'died';
    throw new Error(`the bot ended by itself with ${one.child.exitCode}: ${one.stderr}`);
  };
  const nextLook = async (one: Running, after: () => number): Promise<'good' | 'failed' | 'died'> => {
    const begun = performance.now();
    for (;;) {
      if (!one.alive) return 'died';
      const look = one.looks[after()];
      if (look !== undefined) return look;
      const left = LOOK_LIMIT - (performance.now() - begun);
      if (left <= 0) throw new StuckError('the bot does not look at the platform');
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, left);
        one.onLook = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    }
  };
  return {
    alive: () => running?.alive ?? false,
    kill() {
      if (running === null) return;
      running.alive = false;
      running.child.kill('SIGKILL');
    },
    gone: async () => await running?.ended,
    killed: () => killed,
    async look(move) {
      if (running === null) {
        move();
        const one = start();
        const look = await nextLook(one, () => 0);
        return look === 'died' ? await bury(one) : look;
      }
      const one = running;
      const seen = one.looks.length;
      // The look that begins with the move ends after all those that have ended by then. One that cannot even begin
      // fails before the move is made.
      let awaited = () => {
        const failed = one.looks.indexOf('failed', seen);
        return failed < 0 ? Number.POSITIVE_INFINITY : failed;
      };
      parts.onCycleBegins(() => {
        parts.onCycleBegins(null);
        const begun = one.looks.length;
        awaited = () => begun;
        move();
      });
      const look = await nextLook(one, () => awaited());
      parts.onCycleBegins(null);
      return look === 'died' ? await bury(one) : look;
    },
    async settle(platform) {
      const one = running;
      if (one === null) return 'died';
      const settled = await untilTold({
        alive: () => one.alive,
        rests: () => one.swept || platform === 'not-seen',
        glance: one.glance,
        meanwhile: parts.meanwhile,
      });
      return settled === 'died' ? await bury(one) : settled;
    },
    async stop() {
      const one = running;
      if (one === null) return;
      if (one.alive) one.child.kill('SIGTERM');
      await one.ended;
      running = null;
      await parts.cut();
      await one.glance.close();
    },
  };
}

/** Cuts a stream of text into its lines. */
function lines(take: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) take(line);
  };
}
