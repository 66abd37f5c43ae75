import { afterAll } from '@jest/globals';
import type { Store } from '../../src/store/engine/location.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { openStore } from '../../src/store/engine/open-store.ts';
import { createTestDatabase, emptyTestDatabase, onPostgres, type TestDatabase } from './test-database.ts';

/** Databases of this file that no test uses at the moment: emptying one takes a tenth of making one. */
const free: TestDatabase[] = [];

/** An empty store of the engine this run is about, gone when it is closed. */
export async function openTestStore(): Promise<Store> {
  if (!onPostgres()) return await openSqlite(':memory:');
  const database = free.pop() ?? (await createTestDatabase());
  const store = await openStore({ kind: 'postgres', url: database.url });
  return {
    ...store,
    async close() {
      await store.close();
      await emptyTestDatabase(database);
      free.push(database);
    },
  };
}

if (onPostgres()) afterAll(() => Promise.all(free.splice(0).map((database) => database.drop())));
