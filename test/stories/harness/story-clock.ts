import { performance } from 'node:perf_hooks';
import { createSimulatedClock, type SimulatedClock } from '../../../sandbox/platform/index.ts';

/** How many times faster than real time a story's clock runs while it has nothing else to do, so that pauses cost nothing. */
export const SPEED = 50;

/** One clock for the bot in this process and the fleet. It runs fast by itself and can be moved ahead at once. */
export interface StoryClock {
  readonly fleet: SimulatedClock;
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
  /** Stands still: what the bot puts off stays put off. */
  readonly halt: () => void;
  /** Runs again after a halt. */
  readonly run: () => void;
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export function createStoryClock(): StoryClock {
  const fleet = createSimulatedClock(undefined, createIdleClock());
  let running = true;
  fleet.follow({ speed: SPEED });
  return {
    fleet,
    now: fleet.now,
    advance: (milliseconds) => fleet.advance(milliseconds),
    halt() {
      running = false;
      fleet.halt();
    },
    run() {
      running = true;
      fleet.follow({ speed: SPEED });
    },
    delay: (milliseconds, signal) => until(fleet, fleet.now() + milliseconds, () => running, signal),
  };
}

/**
 * Real time, in milliseconds, that hardly passes while this process works: whatever is done here, on however busy a
 * machine, takes the bot and the workspaces it talks to as long by their clock as it took in truth. Only waiting is fast.
 */
function createIdleClock(): () => number {
  let shown = Date.now();
  let at = performance.now();
  let { idle } = performance.eventLoopUtilization();
  return () => {
    const [nowAt, nowIdle] = [performance.now(), performance.eventLoopUtilization().idle];
    const waited = nowIdle - idle;
    shown += waited + Math.max(0, nowAt - at - waited) / SPEED;
    [at, idle] = [nowAt, nowIdle];
    return shown;
  };
}

/** Resolves once the clock shows `due`; looks again whenever the clock is moved. */
function until(
  clock: SimulatedClock,
  due: number,
  running: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => finish(() => reject(signal.reason));
    const look = () => {
      clearTimeout(timer);
      const left = due - clock.now();
      if (left <= 0) finish(resolve);
      else if (running()) timer = setTimeout(look, Math.min(Math.ceil(left / SPEED), 1_000_000));
    };
    const stopListening = clock.onMove(look);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    look();
  });
}
