import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Where the mirror and the outbox are kept: the path of a SQLite file (or `:memory:`), or the URL of a PostgreSQL database. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The open store. `close` waits for nothing: every write was finished when its promise resolved. */
export interface Store {
  readonly db: Kysely<Schema>;
  /** Whether other processes may use it at the same time. */
  readonly shared: boolean;
  close(): Promise<void>;
}

/** The store's name for people: a path, or host and database without user and password. */
export function nameOfStore(location: StoreLocation): string {
  if (location.kind === 'sqlite') return location.path;
  const url = URL.parse(location.url);
  return url === null ? 'PostgreSQL' : `${url.host}${url.pathname}`;
}
