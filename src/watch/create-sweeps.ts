import type { Logger } from 'pino';
import { correlated } from '../lib/correlation.ts';
import { errorFields } from '../lib/error-fields.ts';
import type { Instant } from '../lib/instant.ts';
import { BudgetExhaustedError } from '../platform/errors.ts';
import { LeaseLostError } from '../store/engine/errors.ts';
import type { CycleParts } from './run-cycle.ts';
import { beginSweep, sweepOnePage } from './run-sweep.ts';

/** Pause between two pages of a sweep, so that it spreads instead of taking all free calls at once. */
const SWEEP_PAUSE = 1_000;
/** Pause of a sweep after an error. */
const SWEEP_RETRY = 30_000;

export interface SweepsParts {
  readonly parts: CycleParts;
  /** The parts for what is read while this lasts. */
  readonly partsWhile: (signal: AbortSignal) => CycleParts;
  /** Aborts when this process watches no longer. */
  readonly whileOurs: () => AbortSignal;
  readonly isOurs: () => boolean;
  /** To be called before each reading. */
  readonly settleAges: () => Promise<void>;
  /** Runs what reads and records one after the other. */
  readonly serially: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly stopping: AbortSignal;
  readonly now: () => Instant;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly newId: () => string;
  readonly log: Logger;
}

export interface Sweeps {
  /** Begins a sweep unless one is under way or another process watches; says whether it did. */
  start(): boolean;
  /** Resolves when none is under way any more; to be asked once `stopping` has fired. */
  ended(): Promise<void>;
}

/** Sweeps that go on page by page between the cycles. */
export function createSweeps({
  parts,
  partsWhile,
  whileOurs,
  isOurs,
  settleAges,
  serially,
  stopping,
  now,
  delay,
  newId,
  log,
}: SweepsParts): Sweeps {
  let sweeping: Promise<void> = Promise.resolve();
  let runs = false;

  async function run(): Promise<void> {
    await serially(() => beginSweep(parts));
    while (!stopping.aborted && isOurs()) {
      const pause = await step();
      if (pause === null) return;
      await delay(pause, stopping).catch(() => undefined);
    }
  }

  /** Null: the sweep is over. Otherwise how long to wait before the next page. */
  async function step(): Promise<number | null> {
    try {
      const outcome = await serially(async () => {
        await settleAges();
        const signal = whileOurs();
        return await sweepOnePage(partsWhile(signal), signal);
      });
      if (outcome === 'ended') {
        log.info('sweep ended');
        return null;
      }
      return SWEEP_PAUSE;
    } catch (error) {
      if (error instanceof BudgetExhaustedError) return Math.max(SWEEP_PAUSE, error.availableAt - now());
      if (!stopping.aborted) log.warn(errorFields(error), 'sweep interrupted; the same page is read again');
      return SWEEP_RETRY;
    }
  }

  return {
    start() {
      if (runs || stopping.aborted || !isOurs()) return false;
      runs = true;
      sweeping = correlated(newId().slice(0, 8), run)
        .catch((error: unknown) => {
          if (error instanceof LeaseLostError) log.warn(errorFields(error), 'another process sweeps');
          else log.error(errorFields(error), 'sweep not begun; the next tick tries again');
        })
        .finally(() => {
          runs = false;
        });
      return true;
    },
    ended: () => sweeping,
  };
}
