import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { TokenStore } from '../platform/token-store.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { Schema } from './schema.ts';

const NAME = 'platform-token';
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

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
  const key = scryptSync(secret, 'upgrades-bot platform token', 32);
  return {
    exclusively: (work) => exclusively(NAME, work),
    async load() {
      const row = await db
        .selectFrom('watch_state')
        .select('value')
        .where('name', '=', NAME)
        .executeTakeFirst();
      return row ? open(row.value, key) : null;
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

function seal(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(value: string, key: Buffer) {
  try {
    const bytes = Buffer.from(value, 'base64');
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return stored.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return null;
  }
}
