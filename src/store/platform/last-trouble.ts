import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Trouble } from '../../core/question/answer.ts';
import type { Schema } from '../engine/schema.ts';

const NAME = 'trouble';
const trouble = z.object({ message: z.string(), advice: z.string() });

/** What the last look at the platform failed of, in whatever process that was; null when it did not. */
export async function readLastTrouble(db: Kysely<Schema>): Promise<Trouble | null> {
  const row = await db.selectFrom('watch_state').select('value').where('name', '=', NAME).executeTakeFirst();
  return row ? trouble.parse(JSON.parse(row.value)) : null;
}

export async function writeLastTrouble(db: Kysely<Schema>, last: Trouble | null): Promise<void> {
  if (last === null) {
    await db.deleteFrom('watch_state').where('name', '=', NAME).execute();
    return;
  }
  const value = JSON.stringify({ message: last.message, advice: last.advice });
  await db
    .insertInto('watch_state')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
