import type { Logger } from 'pino';
import { type Clock, watchForSteps } from '../lib/clock.ts';
import type { Instant } from '../lib/instant.ts';
import { CLOCK_TOLERANCE } from '../lib/wait.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { moveAges } from '../store/task/move-ages.ts';
import type { CycleParts } from './run-cycle.ts';

export interface AgeKeeper {
  /** To be called before each reading: from then on ages are right by the clock as it shows now. */
  settle(): Promise<void>;
  /**
   * The time that what is read after `settle` is recorded with: what the clock showed then, and what passed since. A clock
   * that is set meanwhile shows in it only once ages are settled again.
   */
  readonly now: () => Instant;
  /** Another process may have watched since the last reading of this one. */
  forget(): void;
}

/**
 * Keeps ages right when the machine's clock is set. How long a task has not moved, and how long nobody looked, is what the
 * clock shows now less what it showed then. While one process watches, a clock that nobody sets tells how much of that
 * passed: by the rest, the moments that ages are measured from are moved along. So a step forward raises no stall and
 * is no absence, and a step back puts no stall off.
 *
 * Across a restart, or where another process takes over, the machine's clock is all there is: a gap is time that passed,
 * and where the clock shows less than at the last good cycle, none did.
 */
export function createAgeKeeper({
  db,
  now,
  monotonic,
  confirm,
  log,
}: Pick<CycleParts, 'db' | 'confirm'> &
  Pick<Clock, 'now' | 'monotonic'> & { readonly log: Logger }): AgeKeeper {
  let stepSince: (() => number) | null = null;
  /** What could not be written yet. */
  let owed = 0;
  let settled = { at: now(), by: monotonic() };

  return {
    now: () => settled.at + Math.round(monotonic() - settled.by),
    async settle() {
      // Another process may take over while the store answers, and this one is told to forget.
      const since = stepSince ?? watchForSteps({ now, monotonic });
      if (stepSince === null) {
        stepSince = since;
        const { lastGoodCycleAt } = await readWatchState(db);
        const passed = lastGoodCycleAt === null ? 0 : now() - lastGoodCycleAt;
        owed = passed < -CLOCK_TOLERANCE ? passed : 0;
      }
      owed += since();
      settled = { at: now(), by: monotonic() };
      if (owed === 0) return;
      const by = owed;
      await inTransaction(db, async (tx) => {
        await confirm(tx);
        await moveAges(tx, by, now());
      });
      owed -= by;
      log.warn({ milliseconds: by }, 'the clock was set; ages are measured as if it had been right before');
    },
    forget() {
      stepSince = null;
    },
  };
}
