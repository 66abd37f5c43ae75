import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { inTransaction } from '../../src/store/engine/in-transaction.ts';
import { openPostgres } from '../../src/store/engine/open-postgres.ts';
import { PGBOUNCER, type PgBouncer, startPgBouncer } from './pgbouncer.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

// A server of one's own need not have it beside it; CI has.
const where = PGBOUNCER === null ? describe.skip : describe;

where('a database behind PgBouncer, which pools by transaction', () => {
  let database: TestDatabase;
  let bouncer: PgBouncer;
  beforeAll(async () => {
    database = await createTestDatabase();
    bouncer = await startPgBouncer(PGBOUNCER ?? '', database.url);
  });
  afterAll(async () => {
    await bouncer.close();
    await database.drop();
  });

  test('is brought up to date and used by several processes at once', async () => {
    const stores = await Promise.all(
      Array.from({ length: 3 }, () => openPostgres(bouncer.through(database.url))),
    );
    // More at once than it has connections, with parameters, in transactions and out of them.
    const writes = stores.flatMap(({ db }, process) =>
      Array.from({ length: 10 }, (_, index) =>
        inTransaction(db, async (tx) => {
          const row = { name: `${process}-${index}`, value: 'written' };
          await tx.insertInto('watch_state').values(row).execute();
        }),
      ),
    );
    await Promise.all(writes);
    const read = stores.map(({ db }) =>
      db.selectFrom('watch_state').selectAll().where('value', '=', 'written').execute(),
    );
    expect((await Promise.all(read)).map((rows) => rows.length)).toEqual([30, 30, 30]);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a transaction has its limits, and leaves none behind for the next user of its connection', async () => {
    const store = await openPostgres(bouncer.through(database.url));
    const limits = async (db: typeof store.db) => {
      const ask = sql<{ lock: string; idle: string }>`select current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle`;
      return (await ask.execute(db)).rows[0];
    };
    expect(await inTransaction(store.db, limits)).toEqual({ lock: '12s', idle: '10s' });
    expect(await limits(store.db)).toEqual({ lock: '0', idle: '0' });
    await store.close();
  });

  test('a parameter it does not take is named, with what to do instead', async () => {
    const url = `${bouncer.through(database.url)}?options=-c%20search_path%3Dlamps`;
    await expect(openPostgres(url)).rejects.toMatchObject({
      code: 'store-parameter-refused',
      message: expect.stringMatching(/^PgBouncer at .* refuses the parameter `(options|search_path)`/),
      advice: expect.stringContaining('set search_path'),
    });
  });
});
