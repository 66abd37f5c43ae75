import type { Logger } from 'pino';
import { type Clock, watchForSteps } from '../lib/clock.ts';
import type { Instant } from '../lib/instant.ts';
import { CLOCK_TOLERANCE } from '../lib/wait.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { moveAges } from '../store/task/move-ages.ts';
import type { CycleParts } from './run-cycle.ts';

export interface AgeKeeper {
  /** Call before each reading: from then on, ages are right by the current clock. */
  settle(): Promise<void>;
  /**
   * Timestamp for what is read after `settle`: the clock at that moment plus the time elapsed since. If the clock is
   * set meanwhile, this follows only at the next `settle`.
   */
  readonly now: () => Instant;
  /** Call when another process may have watched since the last reading. */
  forget(): void;
}

/**
 * Keeps ages right when the machine's clock is set. An age (how long a task has not moved, or nobody has polled) is
 * the clock's time now minus its time then. While one process watches, the monotonic clock shows how much time really
 * passed, and the start times of ages are shifted by the difference. So a step forward raises no stall and is not an
 * absence, and a step back delays no stall.
 *
 * After a restart or a takeover there is only the machine's clock: a gap is time that passed, and if the clock is
 * behind the last good cycle, no time passed.
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
  /** Shift that is not written yet, in milliseconds. */
  let owed = 0;
  let settled = { at: now(), by: monotonic() };

  return {
    now: () => settled.at + Math.round(monotonic() - settled.by),
    async settle() {
      // `forget` may be called while the store answers, when the watch changes hands.
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
