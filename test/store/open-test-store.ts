import { openSqlite } from '../../src/store/open-sqlite.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { createTestDatabase, onPostgres } from './test-database.ts';

/** An empty store of the engine this run is about, gone when it is closed. */
export async function openTestStore(): Promise<Store> {
  if (!onPostgres()) return await openSqlite(':memory:');
  const database = await createTestDatabase();
  const store = await openStore({ kind: 'postgres', url: database.url });
  return {
    ...store,
    async close() {
      await store.close();
      await database.drop();
    },
  };
}
