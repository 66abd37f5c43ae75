import type { Instant } from '../../src/lib/instant.ts';

/** The time the fleet lives in. It stands still until it is advanced, set, or told to follow real time. */
export interface SimulatedClock {
  now(): Instant;
  /** Times real time; 0 while it stands still. */
  readonly speed: number;
  advance(ms: number): void;
  /** Sets the time. Going back does not undo what tasks have already lived through. */
  set(instant: Instant): void;
  /** From now on the clock runs by itself, `speed` times as fast as real time. */
  follow(options: { speed: number }): void;
  /** The clock stands still again where it is. */
  halt(): void;
  /** Calls the listener after each advance, set, follow or halt; returns the way to stop that. */
  onMove(listener: () => void): () => void;
}

/** Makes a clock that stands at `start` (by default the real time of now). */
export function createSimulatedClock(start?: Instant, realNow: () => Instant = Date.now): SimulatedClock {
  let base = start ?? realNow();
  let anchor = realNow();
  let speed = 0;
  const listeners = new Set<() => void>();

  // With speed 0 the second term must not be computed from a jumping real clock: it is simply nothing.
  const now = () => (speed === 0 ? base : Math.round(base + (realNow() - anchor) * speed));
  const restart = (at: Instant, newSpeed: number) => {
    base = at;
    anchor = realNow();
    speed = newSpeed;
    for (const listener of listeners) listener();
  };

  return {
    now,
    get speed() {
      return speed;
    },
    advance: (ms) => restart(now() + ms, speed),
    set: (instant) => restart(instant, speed),
    follow: (options) => restart(now(), options.speed),
    halt: () => restart(now(), 0),
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
