import type { Kysely } from 'kysely';
import type { Instant } from '../core/task.ts';
import type { Schema } from './schema.ts';

/** How long what was told, and why, can be looked up. Milliseconds. */
export const REMEMBERED = 90 * 24 * 3_600_000;

/**
 * Forgets what nobody asks for any more: old changes, decisions and settled notices. Roots that were posted stay, since
 * their messages go on being edited, and so does everything that is not settled.
 */
export async function prune(db: Kysely<Schema>, now: Instant): Promise<void> {
  const before = now - REMEMBERED;
  await db.deleteFrom('decision').where('noticed_at', '<', before).execute();
  await db.deleteFrom('change').where('noticed_at', '<', before).execute();
  // Said as what stays, so that it is the age by which they are found: nearly all there are were sent.
  await db
    .deleteFrom('notice')
    .where('noticed_at', '<', before)
    .where('state', 'not in', ['pending', 'sending', 'held', 'suspended'])
    .where((eb) => eb.or([eb('state', '!=', 'sent'), eb('place', '!=', 'root')]))
    .execute();
}
