import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startedByNpm } from '../../start-line.ts';
import type { Gates } from '../gates.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const START = startedByNpm();
const PRELOAD = new URL('./preload.ts', import.meta.url).href;

/** One process, from its start to its end. */
export interface Life {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  alive: boolean;
  /** It was told to stop: it takes nothing new, and may take a moment to be gone. */
  stopping: boolean;
  /** Where it listens; null until it does. */
  port: number | null;
  /** When it said so, in real milliseconds. */
  readyAt: number | null;
  /** Looks that ended, by how. */
  readonly looks: ('good' | 'failed')[];
  stderr: string;
}

/** A place in the cluster, in which one process follows the other. */
export interface Member {
  readonly name: string;
  readonly role: 'worker' | 'web';
  readonly gates: Gates;
  life: Life | null;
}

/** Runs the program in this role. */
export function startLife(
  { name, role }: Member,
  env: Readonly<Record<string, string>>,
  onLog: (line: string) => void,
): Life {
  const child = spawn(process.execPath, [...START.flags, '--import', PRELOAD, MAIN, role], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...START.env, ...env },
  });
  const ended = Promise.withResolvers<void>();
  const life: Life = {
    ...{
      child,
      ended: ended.promise,
      alive: true,
      stopping: false,
      port: null,
      readyAt: null,
      looks: [],
      stderr: '',
    },
  };
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLog(`${name} ${line}`);
      note(life, line);
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    life.stderr += text;
  });
  child.once('close', () => {
    life.alive = false;
    ended.resolve();
  });
  return life;
}

function note(life: Life, line: string): void {
  const port = line.includes('"msg":"started"') ? /"port":(\d+)/.exec(line)?.[1] : undefined;
  if (port !== undefined) {
    life.port = Number(port);
    life.readyAt = performance.now();
  }
  const failed = line.includes('"msg":"cycle failed');
  if (failed || line.includes('"msg":"cycle"')) {
    life.looks.push(!failed && line.includes('"outcome":"good"') ? 'good' : 'failed');
  }
}
