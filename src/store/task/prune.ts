import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema } from '../engine/schema.ts';
import { pruneMessages, pruneNotifications } from '../notification/prune-notifications.ts';
import { pruneDeeds, pruneTasks } from './prune-tasks.ts';

const DAY = 86_400_000;
/** How long settled data is kept, in milliseconds. The tasks themselves are never deleted. */
export const REMEMBERED = 90 * DAY;
/** Rows per statement (more if many share one timestamp): requests wait while it runs. */
const PORTION = 1_000;
const NAME = 'pruned';

/** Claims the daily pruning of the whole store, shared by all processes. If true, the caller must prune. */
export async function takePruning(db: Kysely<Schema>, now: Instant): Promise<boolean> {
  if (!(await isDue(db, now))) return false;
  return await inTransaction(db, async (tx) => {
    if (!(await isDue(tx, now))) return false;
    const value = String(now);
    await tx
      .insertInto('watch_state')
      .values({ name: NAME, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    return true;
  });
}

/** Also true if the last pruning lies a day or more in the future because the clock was set back. */
async function isDue(db: Kysely<Schema>, now: Instant): Promise<boolean> {
  const row = await db.selectFrom('watch_state').select('value').where('name', '=', NAME).executeTakeFirst();
  return row === undefined || Math.abs(now - Number(row.value)) >= DAY;
}

/**
 * Deletes old changes, decisions and settled notifications, and everything but the task itself for long-ended
 * tasks. Unsettled notifications stay at any age. So do messages, snapshots and device results of active
 * tasks: their messages are still edited.
 */
export async function prune(db: Kysely<Schema>, now: Instant, signal?: AbortSignal): Promise<void> {
  const before = now - REMEMBERED;
  const steps = [
    () => pruneByAge(db, 'decision', before),
    () => pruneByAge(db, 'change', before),
    () => pruneNotifications(db, before),
    () => pruneMessages(db, before),
    () => pruneDeeds(db, before),
    () => pruneTasks(db, { now, before }, signal),
  ];
  for (const step of steps) if (!signal?.aborted) await step();
}

async function pruneByAge(db: Kysely<Schema>, table: 'change' | 'decision', before: Instant): Promise<void> {
  for (;;) {
    const next = await db
      .selectFrom(table)
      .select('noticed_at')
      .where('noticed_at', '<', before)
      .orderBy('noticed_at')
      .offset(PORTION)
      .limit(1)
      .executeTakeFirst();
    const until = next === undefined ? before : next.noticed_at + 1;
    await db.deleteFrom(table).where('noticed_at', '<', until).execute();
    if (next === undefined) return;
  }
}
