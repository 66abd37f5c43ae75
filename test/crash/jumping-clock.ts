import type { Activity } from './activity.ts';

/** How far a clock is ahead of real time, in milliseconds. A cell, since two processes may share it. */
export interface Offset {
  read(): number;
  add(milliseconds: number): void;
}

/** Real time and the jumps made so far. Who waits gets the time moved on, so that minutes of patience cost nothing. */
export interface JumpingClock {
  readonly now: () => number;
  /** Moves the time on at once. */
  readonly jump: (milliseconds: number) => void;
  /** Resolves when the time has come; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** So many turns of the event loop in a row without any sign of work count as nobody having anything to do. */
const QUIET_TURNS = 3;

/**
 * A clock that jumps to the next moment somebody waits for, and only while nothing else is under way: time that passed
 * while a request travels would make it look minutes late, which no real network does.
 */
export function createJumpingClock(
  offset: Offset,
  activity: Activity,
  realNow: () => number = Date.now,
): JumpingClock {
  const sleepers = new Set<Sleeper>();
  let pumping = false;
  // Whole milliseconds, as a clock of the machine: waits by the monotonic clock end between two.
  const now = () => Math.floor(realNow() + offset.read());

  const wakeTheNext = () => {
    const due = [...sleepers].reduce((earliest, sleeper) => Math.min(earliest, sleeper.due), Infinity);
    const ahead = due - now();
    if (ahead > 0) offset.add(ahead);
    for (const sleeper of [...sleepers]) if (sleeper.due <= due) sleeper.wake();
  };
  const pump = () => {
    if (pumping) return;
    pumping = true;
    let quiet = 0;
    let seen = activity.count();
    const turn = () => {
      if (sleepers.size === 0) {
        pumping = false;
        return;
      }
      const busy = activity.busy();
      quiet = busy || activity.count() !== seen ? 0 : quiet + 1;
      seen = activity.count();
      if (quiet >= QUIET_TURNS) {
        wakeTheNext();
        quiet = 0;
      }
      // While an answer is awaited there is nothing to look at every turn.
      if (busy) setTimeout(turn, 1);
      else setImmediate(turn);
    };
    setImmediate(turn);
  };
  return {
    now,
    jump: (milliseconds) => offset.add(milliseconds),
    delay: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', abort);
          settle();
        };
        const abort = () => end(() => reject(signal.reason));
        const sleeper: Sleeper = { due: now() + milliseconds, wake: () => end(resolve) };
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener('abort', abort);
        sleepers.add(sleeper);
        pump();
      }),
  };
}

/** An offset of this process alone. */
export function ownOffset(): Offset {
  let offset = 0;
  return {
    read: () => offset,
    add(milliseconds) {
      offset += milliseconds;
    },
  };
}
