import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';
import { readBlindness, readWatchState, writeBlindness, writeWatchState } from '../platform/watch-state.ts';

/**
 * Moves the moments from which the watch measures by so many milliseconds: when each task that has not ended last moved,
 * when the last good cycle was, and since when the watch is blind. None of them comes to lie after `now`. Meant for a
 * transaction.
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
