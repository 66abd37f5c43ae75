import type { Logger } from 'pino';
import { type Clock, watchForSteps } from './clock.ts';
import type { NextRun } from './cron.ts';
import type { Instant } from './instant.ts';
import { errorFields } from './operational-error.ts';

/** The clock is checked at least this often, in milliseconds, however far away the next run is. */
const GUARD = 5_000;

/**
 * Runs work at every moment of a schedule, and returns a function that ends it. Skips a run while the last one is in
 * progress.
 */
export type Schedule = (name: string, next: NextRun, work: () => unknown) => () => void;

export interface Timekeeper {
  readonly schedule: Schedule;
  /** Milliseconds since the machine's clock was last set; infinite if it was not set since startup. */
  readonly sinceStep: () => number;
  readonly stop: () => void;
}

interface Entry {
  readonly name: string;
  readonly next: NextRun;
  readonly work: () => unknown;
  due: Instant;
  running: boolean;
}

/**
 * Runs all schedules of a process. They follow the machine's clock but do not depend on it: waits use a monotonic
 * clock and last five seconds at most. When the machine's clock was set, everything runs at once and continues from
 * the new time. However many moments were skipped, that one run makes up for them.
 */
export function createTimekeeper(clock: Clock, log: Logger): Timekeeper {
  const { now, monotonic, delay } = clock;
  const entries = new Set<Entry>();
  const stepSince = watchForSteps(clock);
  let steppedAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let waiting = new AbortController();

  const run = async (entry: Entry) => {
    if (entry.running) {
      log.warn({ schedule: entry.name }, 'the last run is still under way; this one is left out');
      return;
    }
    entry.running = true;
    try {
      await entry.work();
    } catch (error) {
      log.error({ schedule: entry.name, ...errorFields(error) }, 'a scheduled run failed');
    } finally {
      entry.running = false;
    }
  };
  const tick = () => {
    const step = stepSince();
    if (step !== 0) {
      steppedAt = monotonic();
      log.warn({ milliseconds: step }, step > 0 ? SET_FORWARD : SET_BACK);
    }
    for (const entry of entries) {
      if (step === 0 && now() < entry.due) continue;
      entry.due = entry.next(now());
      void run(entry);
    }
  };
  const keep = async () => {
    while (!stopped) {
      const soonest = Math.min(...[...entries].map(({ due }) => due));
      waiting = new AbortController();
      await delay(Math.min(Math.max(soonest - now(), 1), GUARD), waiting.signal).catch(() => undefined);
      if (!stopped) tick();
    }
  };
  void keep();

  return {
    schedule(name, next, work) {
      const entry: Entry = { name, next, work, due: next(now()), running: false };
      entries.add(entry);
      // The new entry may be due first.
      waiting.abort();
      return () => void entries.delete(entry);
    },
    sinceStep: () => monotonic() - steppedAt,
    stop() {
      stopped = true;
      waiting.abort();
    },
  };
}

const SET_FORWARD =
  'the clock of this machine was set forward, or the machine slept; all schedules run now and go on from the new time';
const SET_BACK = 'the clock of this machine was set back; all schedules run now and go on from the new time';
