import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { realTime } from '../../lib/machine-clock.ts';
import { createSoleLeases, createStoreLeases, type LeaseKeeper } from './lease-keeper.ts';
import type { Store } from './location.ts';

/** The leases of a process on this store. They are about real time: they hold against processes no clock of ours reaches. */
export function leasesOf({ db, shared }: Store, onTrouble: (error: unknown) => void): LeaseKeeper {
  if (!shared) return createSoleLeases();
  return createStoreLeases({
    db,
    holder: randomUUID(),
    monotonic: realTime,
    delay: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal });
    },
    onTrouble,
  });
}
