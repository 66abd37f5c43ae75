import type { Store, StoreLocation } from './location.ts';
import { openSqlite } from './open-sqlite.ts';

/** Opens the store and migrates it. On failure throws an OperationalError and leaves the store unchanged. */
export async function openStore(location: StoreLocation): Promise<Store> {
  if (location.kind === 'sqlite') return await openSqlite(location.path);
  // Loaded only when needed: on SQLite the driver would cost memory and time for nothing.
  const { openPostgres } = await import('./open-postgres.ts');
  return await openPostgres(location.url);
}
