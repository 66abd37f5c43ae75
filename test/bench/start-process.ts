import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** How often a starting process is asked whether it is ready, and the limit of a start. Milliseconds. */
const ASK_EVERY = 5;
const LIMIT = 60_000;

export interface RunningProcess {
  /** Where Slack's requests go. */
  readonly eventsUrl: string;
  /** Milliseconds from spawning to the first 200 of `/readyz`. */
  readonly startTime: number;
  readonly pid: number;
  /** Where the inspector listens; null unless the process was started with `--inspect`. */
  inspectorUrl(): string | null;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** For Node. */
  readonly flags?: readonly string[];
  /** Told each line of its standard output. */
  readonly onLine?: (line: string) => void;
}

/** Starts a program as its users do, in a process of its own, and resolves when it says that it is ready. */
export async function startProcess(
  file: string,
  env: Readonly<Record<string, string>>,
  { flags = [], onLine = () => undefined }: StartOptions = {},
): Promise<RunningProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, [...flags, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, PORT: String(port) },
  });
  createInterface(child.stdout).on('line', onLine);
  let inspectorUrl: string | null = null;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    inspectorUrl ??= /ws:\/\/\S+/.exec(text)?.[0] ?? null;
    if (!/inspector|Debugger|debugging/.test(text)) process.stderr.write(text);
  });
  await untilReady(`${url}/readyz`, child, begun);
  const startTime = performance.now() - begun;
  return {
    eventsUrl: `${url}/slack/events`,
    startTime,
    pid: child.pid ?? 0,
    inspectorUrl: () => inspectorUrl,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(url: string, child: ChildProcess, begun: number): Promise<void> {
  while ((await statusOf(url)) !== 200) {
    if (child.exitCode !== null) throw new Error(`the process ended with exit code ${child.exitCode}`);
    if (performance.now() - begun > LIMIT) {
      child.kill('SIGKILL');
      throw new Error(`the process was not ready after ${LIMIT / 1_000} s`);
    }
    await pause(ASK_EVERY);
  }
}

/** Null while nobody listens. */
function statusOf(url: string): Promise<number | null> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? null));
    }).once('error', () => resolve(null));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free on this machine');
  return address.port;
}
