import type { Store, StoreLocation } from './location.ts';
import { openSqlite } from './open-sqlite.ts';

/**
 * Opens the store and brings its tables to this version. Throws an OperationalError; the
 * store is as it was then.
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  if (location.kind === 'sqlite') return await openSqlite(location.path);
  // Loaded only where it is used: the driver costs a process on SQLite memory and time for nothing.
  const { openPostgres } = await import('./open-postgres.ts');
  return await openPostgres(location.url);
}
