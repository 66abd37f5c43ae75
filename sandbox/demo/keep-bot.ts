import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const END_WITH_PARENT = new URL('./end-with-parent.ts', import.meta.url).href;
/** As a host's supervisor would; long enough to be seen. */
const RESTART_AFTER_MS = 1_000;
const LOOK_AGAIN_MS = 50;
/** The bot starts within a second on an idle machine; this is only a safety net. */
const START_LIMIT_MS = 20_000;
/** Wrong settings: the same again would end the same way. */
const SETTINGS_EXIT = 78;

export type BotState = 'starting' | 'running' | 'killed';

/** The bot in a process of its own, started again on the same store whenever it ends. */
export interface BotKeeper {
  readonly state: BotState;
  readonly pid: number | null;
  /** How often it was started. */
  readonly starts: number;
  /** SIGKILL: no time to say goodbye. */
  kill(): void;
  /** At once, where it would wait for its restart. */
  start(): void;
  /** Everything `/readyz` asks for is well. */
  ready(): Promise<void>;
  onChange(listener: () => void): () => void;
  /** SIGTERM, and no restart. */
  stop(): Promise<void>;
}

/** Starts the bot, `node src/main.ts all` with exactly this environment; it never outlives the sandbox. */
export function keepBot(env: Readonly<Record<string, string>>, botUrl: string): BotKeeper {
  const listeners = new Set<() => void>();
  let state: BotState = 'starting';
  let child: ChildProcess | null = null;
  let starts = 0;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;

  const become = (next: BotState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const start = () => {
    clearTimeout(restart);
    if (child !== null || stopping) return;
    const args = ['--import', END_WITH_PARENT, MAIN, 'all'];
    const mine = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    child = mine;
    starts += 1;
    become('starting');
    mine.once('exit', (code) => {
      child = null;
      become('killed');
      if (!stopping && code !== SETTINGS_EXIT) restart = setTimeout(start, RESTART_AFTER_MS);
    });
    const alive = () => child === mine;
    void until(`${botUrl}/healthz`, alive).then(() => {
      if (alive()) become('running');
    });
  };
  start();
  return {
    get state() {
      return state;
    },
    get pid() {
      return child?.pid ?? null;
    },
    get starts() {
      return starts;
    },
    kill: () => void child?.kill('SIGKILL'),
    start,
    async ready() {
      const limit = Date.now() + START_LIMIT_MS;
      await until(`${botUrl}/readyz`, () => child !== null && Date.now() < limit);
      if (child === null) throw new Error('The bot ended while it started.');
      if (Date.now() >= limit) throw new Error(`The bot was not ready after ${START_LIMIT_MS / 1_000} s.`);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      if (child === null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks until the address answers well, or while there is a point in it. */
async function until(url: string, worthwhile: () => boolean): Promise<void> {
  while (worthwhile()) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
