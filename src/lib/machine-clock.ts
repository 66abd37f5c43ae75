import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** The time of this machine. `keepsAlive`: whether a process in which nothing else is left goes on for the sake of a wait. */
export function machineClock({ keepsAlive }: { readonly keepsAlive: boolean }): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async delay(milliseconds, signal) {
      await sleep(milliseconds, undefined, { signal, ref: keepsAlive });
    },
  };
}

/** Milliseconds that really passed, whatever clock the bot lives by: for what holds against other processes and the database. */
export function realTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
