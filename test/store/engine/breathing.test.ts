import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../../../src/store/engine/location.ts';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';

/** A statement that keeps SQLite busy for a few milliseconds. */
async function work({ db }: Store): Promise<void> {
  await sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select max(i) from n`.execute(
    db,
  );
}

describe('long work in the store', () => {
  test('whatever else waits gets its turn between the statements, also within a transaction', async () => {
    const store = await openSqlite(':memory:');
    let turns = 0;
    const tick = () => {
      turns += 1;
      ticking = setImmediate(tick);
    };
    let ticking = setImmediate(tick);
    const begun = performance.now();
    await store.db.transaction().execute(async (db) => {
      while (performance.now() - begun < 300) await work({ ...store, db });
    });
    clearImmediate(ticking);
    await store.close();
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
