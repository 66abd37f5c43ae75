import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { Schema } from '../engine/schema.ts';
import { pruneMessages, pruneNotifications } from '../notification/prune-notifications.ts';
import { pruneDeeds, pruneTasks } from './prune-tasks.ts';

const DAY = 86_400_000;
/** How long what is settled can be looked up, in milliseconds: everything but the tasks themselves. */
export const REMEMBERED = 90 * DAY;
/** Rows deleted by one statement, more only where more are of one moment: whoever asks waits meanwhile. */
const PORTION = 1_000;
const NAME = 'pruned';

/**
 * Whether it is time to prune, which is once a day in the whole store, however many processes there are. Whoever is given
 * the turn has to use it.
 */
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

/** Also where it was done in a future that the clock has been set back from. */
async function isDue(db: Kysely<Schema>, now: Instant): Promise<boolean> {
  const row = await db.selectFrom('watch_state').select('value').where('name', '=', NAME).executeTakeFirst();
  return row === undefined || Math.abs(now - Number(row.value)) >= DAY;
}

/**
 * Forgets what nobody asks for any more: old changes, decisions and settled notifications, and of tasks that ended as long ago
 * everything but the tasks. What is not settled stays whatever its age, and so does what is kept of a task that has not
 * ended: its message goes on being edited.
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
