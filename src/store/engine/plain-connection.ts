import type { StoreLocation } from './location.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Modes of `sslmode` in which `pg` encrypts; it takes `prefer` for as strict as the others. */
const ENCRYPTED = ['prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** What to say where the database is on another host and the connection to it is not encrypted; null: nothing. */
export function plainConnection(location: StoreLocation): string | null {
  if (location.kind !== 'postgres') return null;
  const { hostname, searchParams } = new URL(location.url);
  const host = searchParams.get('host') ?? hostname;
  // Without a host, or with a path for one, it is a socket of this machine.
  if (host === '' || host.startsWith('/') || LOOPBACK.test(host)) return null;
  if (ENCRYPTED.includes(searchParams.get('sslmode') ?? '') || searchParams.get('ssl') === 'true')
    return null;
  return `the connection to the database on ${host} is not encrypted: add \`?sslmode=verify-full\` to DATABASE_URL`;
}
