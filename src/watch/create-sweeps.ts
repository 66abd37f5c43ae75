import type { Logger } from 'pino';
import { correlated } from '../lib/correlation.ts';
import type { Instant } from '../lib/instant.ts';
import { errorFields } from '../lib/operational-error.ts';
import { BudgetExhaustedError } from '../platform/errors.ts';
import { LeaseLostError } from '../store/engine/errors.ts';
import type { WatchHold } from './hold-watch.ts';
import type { AgeKeeper } from './keep-ages.ts';
import type { CycleParts } from './run-cycle.ts';
import { beginSweep, sweepOnePage } from './run-sweep.ts';

/** Milliseconds between two pages of a sweep, so that it does not take all free calls at once. */
const SWEEP_PAUSE = 1_000;
/** Milliseconds a sweep pauses after an error. */
const SWEEP_RETRY = 30_000;

export interface SweepsParts {
  readonly cycle: CycleParts;
  readonly hold: WatchHold;
  readonly ages: AgeKeeper;
  /** Runs work that reads and records one at a time. */
  readonly serially: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly stopping: AbortSignal;
  readonly now: () => Instant;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly newId: () => string;
  readonly log: Logger;
}

export interface Sweeps {
  /** Starts a sweep unless one is under way or another process watches. */
  start(): void;
  /** Requests a sweep, after a takeover for instance. The first is requested at startup. */
  want(): void;
  startIfWanted(): void;
  /** Resolves when no sweep is under way. Call it after `stopping` has fired. */
  ended(): Promise<void>;
}

/** Runs sweeps page by page between the cycles. */
export function createSweeps(parts: SweepsParts): Sweeps {
  const { cycle, hold, serially, stopping, log } = parts;
  let sweeping: Promise<void> | null = null;
  let wanted = true;

  async function run(): Promise<void> {
    await serially(() => beginSweep(cycle));
    while (!stopping.aborted && hold.isOurs()) {
      const pause = await step();
      if (pause === null) return;
      await parts.delay(pause, stopping).catch(() => undefined);
    }
  }

  /** Returns the milliseconds until the next page; null: the sweep is over. */
  async function step(): Promise<number | null> {
    try {
      const outcome = await serially(async () => {
        await parts.ages.settle();
        const signal = hold.whileOurs();
        return await sweepOnePage({ ...cycle, confirm: hold.confirmWhile(signal) }, signal);
      });
      if (outcome === 'ended') {
        log.info('sweep ended');
        return null;
      }
      return SWEEP_PAUSE;
    } catch (error) {
      if (error instanceof BudgetExhaustedError)
        return Math.max(SWEEP_PAUSE, error.availableAt - parts.now());
      if (!stopping.aborted) log.warn(errorFields(error), 'sweep interrupted; the same page is read again');
      return SWEEP_RETRY;
    }
  }

  function start(): void {
    if (sweeping !== null || stopping.aborted || !hold.isOurs()) return;
    wanted = false;
    sweeping = correlated(parts.newId().slice(0, 8), run)
      .catch((error: unknown) => {
        if (error instanceof LeaseLostError) log.warn(errorFields(error), 'another process sweeps');
        else log.error(errorFields(error), 'sweep not begun; the next tick tries again');
      })
      .finally(() => {
        sweeping = null;
      });
  }

  return {
    start,
    want() {
      wanted = true;
    },
    startIfWanted() {
      if (wanted) start();
    },
    async ended() {
      await sweeping;
    },
  };
}
