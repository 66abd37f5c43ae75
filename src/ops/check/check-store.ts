import type { Kysely } from 'kysely';
import type { Config } from '../../config.ts';
import { OperationalError } from '../../core/operational-error.ts';
import { openBeside } from '../../store/open-beside.ts';
import { openStore } from '../../store/open-store.ts';
import type { Schema } from '../../store/schema.ts';
import { type CheckLine, failed } from './check-line.ts';

export interface CheckedStore {
  readonly line: CheckLine;
  /** Null where it could not be opened. */
  readonly db: Kysely<Schema> | null;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store, beside a running bot where there is one: its token and its count of calls are then used by the check
 * as well, which would else log in anew and so end the bot's token.
 */
export async function checkStore({ store }: Pick<Config, 'store'>): Promise<CheckedStore> {
  const name = store.path;
  try {
    const { db, close } = await openStore(store.path);
    return { line: { ok: true, text: `store: ${name} can be written` }, db, close };
  } catch (error) {
    if (!(error instanceof OperationalError && error.code === 'store-locked')) {
      return { line: failed('store', error), db: null, close: async () => undefined };
    }
    const { db, close } = openBeside(store.path);
    return { line: { ok: true, text: `store: ${name} is in use by a running bot` }, db, close };
  }
}
