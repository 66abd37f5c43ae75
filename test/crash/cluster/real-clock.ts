import { setTimeout as pause } from 'node:timers/promises';
import type { JumpingClock, Offset } from '../jumping-clock.ts';

/**
 * A clock on which all waits take as long as they do: only the script moves it ahead. Several processes cannot agree on
 * when nobody has anything to do, and their leases run by the database's clock, which nobody moves.
 */
export function createRealClock(offset: Offset, realNow: () => number): JumpingClock {
  return {
    now: () => realNow() + offset.read(),
    jump: (milliseconds) => offset.add(milliseconds),
    delay: async (milliseconds, signal) => {
      await pause(milliseconds, undefined, { signal });
    },
  };
}
