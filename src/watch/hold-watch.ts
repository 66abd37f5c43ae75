import type { Logger } from 'pino';
import { CallAbortedError } from '../platform/errors.ts';
import { LeaseLostError } from '../store/engine/errors.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import type { CycleParts } from './run-cycle.ts';

/** The one who watches holds this. */
const WATCH = 'watch';

/** Of several processes on one store one watches. */
export interface WatchHold {
  /** Whether this process watches; from now on it does where nobody else did. */
  claim(): Promise<boolean>;
  isOurs(): boolean;
  /** What is read for the watch ends with it: another process may read by then. */
  whileOurs(): AbortSignal;
  readonly confirm: CycleParts['confirm'];
  /** For what is read while this lasts: once the watch was lost that is old, even where it is ours again by now. */
  confirmWhile(signal: AbortSignal): CycleParts['confirm'];
  /** How an error says that the watch was lost; null where it says something else. */
  lossOf(error: unknown): LeaseLostError | null;
}

export interface WatchHoldParts {
  readonly leases: LeaseKeeper;
  readonly stopping: AbortSignal;
  readonly log: Logger;
  /** Called whenever this process begins to watch, before anything is read. */
  readonly onBegin: () => void;
}

export function createWatchHold({ leases, stopping, log, onBegin }: WatchHoldParts): WatchHold {
  const isOurs = () => leases.holds(WATCH);
  const confirm: CycleParts['confirm'] = (tx) => leases.confirm(tx, WATCH);
  return {
    async claim() {
      const before = isOurs();
      const ours = (await leases.claim([WATCH])).length > 0;
      if (ours && !before) {
        log.info('this process watches from now on');
        onBegin();
      }
      return ours;
    },
    isOurs,
    whileOurs: () => AbortSignal.any([stopping, leases.whileHeld(WATCH)]),
    confirm,
    confirmWhile: (signal) => async (tx) => {
      signal.throwIfAborted();
      await confirm(tx);
    },
    lossOf(error) {
      if (error instanceof LeaseLostError) return error;
      // A reading that was ended with the lease says only that it was ended.
      const ended = error instanceof CallAbortedError && !stopping.aborted;
      return ended && !isOurs() ? new LeaseLostError(WATCH) : null;
    },
  };
}
