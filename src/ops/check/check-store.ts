import type { Kysely } from 'kysely';
import type { Config } from '../../config/config.ts';
import { OperationalError } from '../../lib/operational-error.ts';
import { createSoleLeases, type LeaseKeeper, leasesOf } from '../../store/engine/lease-keeper.ts';
import { nameOfStore, plainConnection } from '../../store/engine/location.ts';
import { openBeside } from '../../store/engine/open-sqlite.ts';
import { openStore } from '../../store/engine/open-store.ts';
import type { Schema } from '../../store/engine/schema.ts';
import { type CheckLine, failed } from './check-line.ts';

/** The store as the check uses it: to read, to keep a token, and to count calls. */
export interface SharedStore {
  readonly db: Kysely<Schema>;
  readonly exclusively: LeaseKeeper['exclusively'];
}

export interface CheckedStore {
  readonly line: CheckLine;
  /** Null if the store could not be opened. */
  readonly shared: SharedStore | null;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store, alongside a running bot if there is one. The check then shares the bot's token and call
 * count; otherwise it would log in again and invalidate the bot's token.
 */
export async function checkStore({ store: location }: Pick<Config, 'store'>): Promise<CheckedStore> {
  const name = nameOfStore(location);
  const plain = plainConnection(location);
  try {
    const store = await openStore(location);
    const leases = leasesOf(store, () => undefined);
    return {
      line: { ok: true, text: `store: ${name} can be written${plain === null ? '' : `; ${plain}`}` },
      shared: { db: store.db, exclusively: leases.exclusively },
      async close() {
        await leases.stop();
        await store.close();
      },
    };
  } catch (error) {
    const inUse = error instanceof OperationalError && error.code === 'store-locked';
    if (!inUse || location.kind !== 'sqlite') {
      return { line: failed('store', error), shared: null, close: async () => undefined };
    }
    const { db, close } = openBeside(location.path);
    const line = { ok: true, text: `store: ${name} is in use by a running bot` };
    return { line, shared: { db, exclusively: createSoleLeases().exclusively }, close };
  }
}
