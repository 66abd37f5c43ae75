import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Where the mirror and the outbox are: the path of a SQLite file (or `:memory:`), or a PostgreSQL URL. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The open store. `close` does not wait: every write is finished when its promise resolves. */
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

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Values of `sslmode` with which `pg` encrypts. It treats `prefer` as strictly as the others. */
const ENCRYPTED = ['prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** A warning if the database is on another host and the connection is not encrypted; otherwise null. */
export function plainConnection(location: StoreLocation): string | null {
  if (location.kind !== 'postgres') return null;
  const { hostname, searchParams } = new URL(location.url);
  const host = searchParams.get('host') ?? hostname;
  // No host, or a path as the host, means a local socket.
  if (host === '' || host.startsWith('/') || LOOPBACK.test(host)) return null;
  if (ENCRYPTED.includes(searchParams.get('sslmode') ?? '') || searchParams.get('ssl') === 'true')
    return null;
  return `the connection to the database on ${host} is not encrypted: add \`?sslmode=verify-full\` to DATABASE_URL`;
}
