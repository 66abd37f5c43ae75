import type { Kysely } from 'kysely';
import { cronRuns, intervalOf } from '../lib/cron.ts';
import type { Instant } from '../lib/instant.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import type { PartTrouble } from './readiness.ts';

/** The process is not ready after this many missed polls, but never before the shortest gap (milliseconds). */
const MISSED_POLLS = 3;
const SHORTEST_GAP = 30_000;

/** Reports a store that cannot be read. */
export function storeTrouble(db: Kysely<Schema>): PartTrouble {
  return () =>
    readWatchState(db).then(
      () => null,
      () => 'cannot be read',
    );
}

/** Reports missing polls. An unreadable store is reported separately. */
export function pollTrouble(db: Kysely<Schema>, pollSchedule: string, now: () => Instant): PartTrouble {
  const longestGap = Math.max(SHORTEST_GAP, MISSED_POLLS * intervalOf(cronRuns(pollSchedule), now()));
  return () =>
    readWatchState(db).then(
      ({ lastGoodCycleAt }) => judgePolls(lastGoodCycleAt, now(), longestGap),
      () => null,
    );
}

/** A last good cycle dated in the future has no known age until the next one. `longestGap` in milliseconds. */
export function judgePolls(lastGoodCycleAt: Instant | null, now: Instant, longestGap: number): string | null {
  if (lastGoodCycleAt === null) return 'no cycle has succeeded yet';
  const seconds = Math.round((now - lastGoodCycleAt) / 1_000);
  if (now - lastGoodCycleAt > longestGap) return `the last good cycle was ${seconds} s ago`;
  if (lastGoodCycleAt - now > longestGap)
    return `the clock was set back: the last good cycle is dated ${-seconds} s ahead`;
  return null;
}
