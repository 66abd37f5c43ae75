import { Kysely, SqliteDialect } from 'kysely';
import { isQuiet } from '../../src/core/notification/quiet-hours.ts';
import { openNodeSqlite } from '../../src/store/engine/node-sqlite.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { readQuietHoldingChannels } from '../../src/store/notification/held-notifications.ts';
import { readBusyChannels } from '../../src/store/notification/outbox.ts';
import { readHours } from '../../src/store/subscription/channel-hours.ts';
import { readKeepingChannels, readSuspendedChannels } from '../../src/store/subscription/suspension.ts';

/** Looks into the store of bots that run, from beside them. */
export interface Glance {
  /** Whether everything was told that can be told now, and every root shows the present state. */
  allTold(): Promise<boolean>;
  close(): Promise<void>;
}

export function openGlance(path: string, now: () => number): Glance {
  const database = openNodeSqlite(path);
  database.exec('pragma busy_timeout = 5000; pragma query_only = on;');
  return glanceAt(new Kysely<Schema>({ dialect: new SqliteDialect({ database }) }), now);
}

/** Looks into a store that is open; closing closes it. */
export function glanceAt(db: Kysely<Schema>, now: () => number): Glance {
  /** What a channel waits for is over, and what was held for it not yet let go. */
  const waitsForRelease = async (tx: Kysely<Schema>) => {
    for (const channel of await readQuietHoldingChannels(tx)) {
      const { quiet, zone } = await readHours(tx, channel);
      if (!isQuiet(quiet, zone, now())) return true;
    }
    const closed = await readSuspendedChannels(tx);
    return [...(await readKeepingChannels(tx))].some((channel) => !closed.has(channel));
  };
  return {
    // One picture of the store: between two looks the bot may take a channel up again. SQLite gives no other.
    allTold: () =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (tx) => (await readBusyChannels(tx)).length === 0 && !(await waitsForRelease(tx))),
    close: () => db.destroy(),
  };
}
