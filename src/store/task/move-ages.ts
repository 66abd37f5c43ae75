import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';
import { readBlindness, readWatchState, writeBlindness, writeWatchState } from '../platform/watch-state.ts';

/**
 * Shifts the times that the watch measures from by `by` milliseconds, at most to `now`: the last move of each
 * active task, the last good cycle, and the start of blindness. Call inside a transaction.
 */
export async function moveAges(db: Kysely<Schema>, by: number, now: Instant): Promise<void> {
  const moved = (at: Instant) => Math.min(at + by, now);
  await db
    .updateTable('task')
    .set(({ eb }) => ({
      moved_at: eb
        .case()
        .when('moved_at', '>', now - by)
        .then(now)
        .else(eb('moved_at', '+', by))
        .end(),
    }))
    .where('active', '=', 1)
    .execute();
  const state = await readWatchState(db);
  const { lastGoodCycleAt } = state;
  if (lastGoodCycleAt !== null)
    await writeWatchState(db, { ...state, lastGoodCycleAt: moved(lastGoodCycleAt) });
  const blind = await readBlindness(db);
  if (blind !== null) await writeBlindness(db, { ...blind, since: moved(blind.since) });
}
