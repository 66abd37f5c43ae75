import type { Kysely } from 'kysely';
import { countSights, THINNED_AT_ONCE, thinHistories } from '../store/change/thin-histories.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readActiveIds } from '../store/task/tasks.ts';

/**
 * A history of more lines than this is due to be cut down to `THINNED` lines: far enough apart that each task's turn comes
 * once in some fifty moves, and far enough below 200, the most there may be, for all of a fleet to have theirs.
 */
export const LONG = 180;
export const THINNED = 128;
/** Tasks that began together grow long together: only so many of them have their turn at once. */
const SHARE = 1 / 10;
const LEAST_TURNS = 100;

/**
 * Makes the work of thinning the histories of tasks that have not ended, to be done after every look. A history grows by a
 * line at a look, so that most need not even be counted each time. Returns how many were thinned.
 */
export function createThinning(db: Kysely<Schema>, signal: AbortSignal): () => Promise<number> {
  /** After how many looks each task's history may have grown long. */
  const looks = new Map<string, number>();
  return async () => {
    const active = await readActiveIds(db);
    for (const id of looks.keys()) if (!active.has(id)) looks.delete(id);
    for (const id of active) looks.set(id, (looks.get(id) ?? 0) - 1);
    const due = [...active].filter((id) => (looks.get(id) ?? 0) < 0);
    const lengths = [...(await countSights(db, due))];
    for (const [id, lines] of lengths) looks.set(id, LONG - lines);
    const long = lengths
      .filter(([, lines]) => lines > LONG)
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, Math.max(LEAST_TURNS, active.size * SHARE))
      .map(([id]) => id);
    let thinned = 0;
    for (; thinned < long.length && !signal.aborted; thinned += THINNED_AT_ONCE) {
      await thinHistories(db, long.slice(thinned, thinned + THINNED_AT_ONCE), THINNED);
    }
    return Math.min(thinned, long.length);
  };
}
