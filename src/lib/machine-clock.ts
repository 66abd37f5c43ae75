import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** This machine's clocks. `keepsAlive`: whether a wait keeps the process running when nothing else does. */
export function machineClock({ keepsAlive }: { readonly keepsAlive: boolean }): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async delay(milliseconds, signal) {
      await sleep(milliseconds, undefined, { signal, ref: keepsAlive });
    },
  };
}

/** Milliseconds of real time, whatever clock the bot runs on: for anything shared with other processes, such as leases. */
export function realTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
