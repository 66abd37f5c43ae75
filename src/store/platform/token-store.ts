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
 * The platform token in the store: a restart reuses it instead of invalidating it by a new login. Encrypted
 * with a key derived from the application's secret, so the store reveals nothing without the settings. An
 * unreadable token (another secret, damage) counts as none, and the next login replaces it.
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
