import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';
import type { Schedule } from '../../src/lib/timekeeper.ts';

/** Schedules nothing: what happens, a test makes happen. */
export const notByItself: Schedule = () => () => undefined;

/** A clock that stands until time is made to pass, and that can be set as the clock of a machine can. */
export interface DrivenClock extends Clock {
  /** Sets what it shows forward (or back, where negative); no time passes. */
  readonly set: (milliseconds: number) => void;
  /** Lets time pass; whoever waits is woken on the way, each at their moment, and does what there is to do. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

export function createDrivenClock(start: number): DrivenClock {
  let [shown, passed] = [start, 0];
  const sleepers = new Map<() => void, number>();
  const reach = (moment: number) => {
    shown += moment - passed;
    passed = moment;
  };
  return {
    now: () => shown,
    monotonic: () => passed,
    delay: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const abort = () => {
          sleepers.delete(wake);
          reject(signal.reason);
        };
        const wake = () => {
          signal.removeEventListener('abort', abort);
          resolve();
        };
        signal.addEventListener('abort', abort, { once: true });
        sleepers.set(wake, passed + milliseconds);
      }),
    set(milliseconds) {
      shown += milliseconds;
    },
    async pass(milliseconds) {
      const end = passed + milliseconds;
      for (;;) {
        await turn();
        const [wake, due] = [...sleepers].reduce<readonly [(() => void) | null, number]>(
          (first, next) => (next[1] < first[1] ? next : first),
          [null, Number.POSITIVE_INFINITY],
        );
        if (wake === null || due > end) return reach(end);
        sleepers.delete(wake);
        reach(Math.max(passed, due));
        wake();
      }
    },
  };
}
