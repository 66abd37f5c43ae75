import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';
import { keyFrom, seal, unseal } from '../engine/sealed.ts';

/** What the store holds for one installation. */
export type ReadInstallation =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'none' }
  /** The row exists but cannot be decrypted: the client secret was changed, or the row is damaged. */
  | { readonly kind: 'unreadable' };

/** Installations by the id of the workspace, or of the organisation that installed for all its workspaces. */
export interface SealedInstallations {
  read(id: string): Promise<ReadInstallation>;
  /** Adds or replaces an installation; `installed_at` keeps the time of the first write. */
  write(id: string, value: unknown, now: Instant): Promise<void>;
  remove(id: string): Promise<void>;
  /** All ids, oldest installation first, unreadable ones included. */
  ids(): Promise<readonly string[]>;
}

/** Installations in the store, each encrypted as a whole with a key derived from the app's client secret. */
export function createSealedInstallations(db: Kysely<Schema>, clientSecret: string): SealedInstallations {
  const key = keyFrom(clientSecret, 'installation');
  return {
    async read(id) {
      const row = await db
        .selectFrom('installation')
        .select('sealed')
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return { kind: 'none' };
      const text = unseal(row.sealed, key, id);
      return text === null ? { kind: 'unreadable' } : { kind: 'found', value: JSON.parse(text) };
    },
    async write(id, value, now) {
      const sealed = seal(JSON.stringify(value), key, id);
      await db
        .insertInto('installation')
        .values({ id, sealed, installed_at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealed }))
        .execute();
    },
    async remove(id) {
      await db.deleteFrom('installation').where('id', '=', id).execute();
    },
    async ids() {
      const rows = await db
        .selectFrom('installation')
        .select('id')
        .orderBy('installed_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
