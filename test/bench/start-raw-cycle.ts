import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Stage } from './stage.ts';

const PROGRAM = fileURLToPath(new URL('./raw-cycle.ts', import.meta.url));

export interface RawCycle {
  /** Does one cycle, and says how many milliseconds it took. */
  run(): Promise<number>;
  stop(): void;
}

/** Starts the least program there is for a cycle (raw-cycle.ts) in a process of its own, on a store of its own. */
export function startRawCycle({ platform, authorization }: Stage, store: string): RawCycle {
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { STORE: store, PLATFORM_URL: platform.url, PLATFORM_APP_ID: platform.appId },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async run() {
      child.stdin.write(`${authorization()}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error('the raw cycle ended');
      return Number(value);
    },
    stop: () => child.stdin.end(),
  };
}
