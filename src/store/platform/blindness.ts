import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Schema } from '../engine/schema.ts';

const blindness = z.object({
  /** The end of the last look that saw everything, or the first look that failed. */
  since: z.number(),
  /** Looks that failed one after the other. */
  cycles: z.number(),
  /** The messages that tell it. */
  messageIds: z.array(z.string()),
});

/** Looks at the platform that fail one after the other. */
export type Blindness = z.infer<typeof blindness>;

const NAME = 'blind';

/** Null: the last look that ended saw the platform. */
export async function readBlindness(db: Kysely<Schema>): Promise<Blindness | null> {
  const row = await db.selectFrom('watch_state').select('value').where('name', '=', NAME).executeTakeFirst();
  return row ? blindness.parse(JSON.parse(row.value)) : null;
}

export async function writeBlindness(db: Kysely<Schema>, state: Blindness | null): Promise<void> {
  if (state === null) {
    await db.deleteFrom('watch_state').where('name', '=', NAME).execute();
    return;
  }
  const value = JSON.stringify(state);
  await db
    .insertInto('watch_state')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
