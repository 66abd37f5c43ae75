import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How often a starting process is asked whether it is ready, and the limit of a start. Milliseconds. */
const ASK_EVERY = 5;
const LIMIT = 20_000;

export interface RunningProcess {
  /** Where Slack's requests go. */
  readonly eventsUrl: string;
  /** Milliseconds from spawning to the first 200 of `/readyz`. */
  readonly startTime: number;
  /** Where the inspector listens; never resolves unless the process was started with `--inspect`. */
  readonly inspectorUrl: Promise<string>;
  stop(): Promise<void>;
}

/** Starts a program as its users do, in a process of its own, and resolves when it says that it is ready. */
export async function startProcess(
  file: string,
  env: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<RunningProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, [...flags, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...env, PORT: String(port) },
  });
  const inspectorUrl = new Promise<string>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const address = /ws:\/\/\S+/.exec(text)?.[0];
      if (address) resolve(address);
      else if (!/inspector|Debugger/.test(text)) process.stderr.write(text);
    });
  });
  await untilReady(`${url}/readyz`, child, begun);
  const startTime = performance.now() - begun;
  return {
    eventsUrl: `${url}/slack/events`,
    startTime,
    inspectorUrl,
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
