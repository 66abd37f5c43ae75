import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { TokenStore } from '../../platform/oceanconnect/token-store.ts';
import type { LeaseKeeper } from '../engine/lease-keeper.ts';
import type { Schema } from '../engine/schema.ts';
import { keyFrom, seal, unseal } from '../engine/sealed.ts';

const NAME = 'platform-token';

const stored = z.object({
  owner: z.string(),
  accessToken: z.string(),
  obtainedAt: z.number(),
  expiresAt: z.number(),
  refused: z.boolean(),
  earlyDeaths: z.array(z.number()),
});

/**
 * The platform's token in the store, so that a restart goes on with it instead of making it invalid by a new login. It
 * is encrypted with a key made from the application's secret: whoever reads the store but not the settings has nothing.
 * A token that cannot be read (another secret, damage) counts as none; the next login replaces it.
 */
export function createStoredTokens(
  db: Kysely<Schema>,
  secret: string,
  exclusively: LeaseKeeper['exclusively'],
): TokenStore {
  const key = keyFrom(secret, 'platform token');
  return {
    exclusively: (work) => exclusively(NAME, work),
    async load() {
      const row = await db
        .selectFrom('watch_state')
        .select('value')
        .where('name', '=', NAME)
        .executeTakeFirst();
      const text = row ? unseal(row.value, key) : null;
      return text === null ? null : read(text);
    },
    async save(token) {
      const value = seal(JSON.stringify(token), key);
      await db
        .insertInto('watch_state')
        .values({ name: NAME, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}

function read(text: string) {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
