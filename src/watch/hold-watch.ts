import type { Logger } from 'pino';
import { CallAbortedError } from '../platform/errors.ts';
import { LeaseLostError } from '../store/engine/errors.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import type { CycleParts } from './run-cycle.ts';

/** Lease of the process that watches. */
const WATCH = 'watch';

/** Of several processes on one store, one watches. */
export interface WatchHold {
  /** Takes the watch if it is free. Returns whether this process watches now. */
  claim(): Promise<boolean>;
  isOurs(): boolean;
  /** Aborts when the watch is lost, because another process may be reading by then. */
  whileOurs(): AbortSignal;
  readonly confirm: CycleParts['confirm'];
  /** For data read while `signal` lasts: it is stale once the watch was lost, even if the watch is ours again. */
  confirmWhile(signal: AbortSignal): CycleParts['confirm'];
  /** A LeaseLostError if the error means that the watch was lost, otherwise null. */
  lossOf(error: unknown): LeaseLostError | null;
}

export interface WatchHoldParts {
  readonly leases: LeaseKeeper;
  readonly stopping: AbortSignal;
  readonly log: Logger;
  /** Called whenever this process starts to watch, before anything is read. */
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
      // A reading that was aborted with the lease only reports that it was aborted.
      const ended = error instanceof CallAbortedError && !stopping.aborted;
      return ended && !isOurs() ? new LeaseLostError(WATCH) : null;
    },
  };
}
