import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

/** When the oldest decision that is still kept was made, in any channel; null when none is kept. */
export async function readDecisionsSince(db: Kysely<Schema>): Promise<Instant | null> {
  const row = await db
    .selectFrom('decision')
    .select('noticed_at')
    .orderBy('noticed_at')
    .limit(1)
    .executeTakeFirst();
  return row?.noticed_at ?? null;
}
