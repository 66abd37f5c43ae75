import { types } from 'node:util';
import { OperationalError } from '../../lib/operational-error.ts';
import { nameOfStore } from './location.ts';

interface Words {
  readonly code: string;
  readonly message: (store: string) => string;
  readonly advice: string;
}

const UNREACHABLE: Words = {
  code: 'store-unreachable',
  message: (store) => `The database ${store} does not answer.`,
  advice: 'Check host and port in DATABASE_URL, that PostgreSQL is running there, and the firewall between.',
};
const TLS: Words = {
  code: 'store-tls',
  message: (store) => `The encrypted connection to the database ${store} could not be made.`,
  advice:
    'Add `sslmode=verify-full&sslrootcert=<path of its CA>` to DATABASE_URL, or `sslmode=disable` where the server has no TLS.',
};
const LOGIN: Words = {
  code: 'store-login-refused',
  message: (store) => `The database ${store} refuses the user or the password.`,
  advice: 'Copy DATABASE_URL again from whoever runs the database, and check that this machine may connect.',
};
const RIGHTS: Words = {
  code: 'store-rights',
  message: (store) => `The user of the database ${store} may not make or change tables there.`,
  advice: 'Let it own the database, or `grant usage, create on schema public` to it.',
};
const FOREIGN: Words = {
  code: 'store-not-ours',
  message: (store) => `The database ${store} holds tables of another program.`,
  advice: 'Give the bot a database (or a schema) of its own in DATABASE_URL. Nothing was changed.',
};

/** Keyed by the error code of PostgreSQL (Appendix A, "Error Codes") or of the network. */
const WORDS: ReadonlyMap<string, Words> = new Map(
  Object.entries<Words>({
    ECONNREFUSED: UNREACHABLE,
    EHOSTUNREACH: UNREACHABLE,
    ENETUNREACH: UNREACHABLE,
    ECONNRESET: UNREACHABLE,
    ETIMEDOUT: UNREACHABLE,
    ENOENT: UNREACHABLE,
    ENOTFOUND: {
      code: 'store-unknown-host',
      message: (store) => `Nobody knows the host of the database ${store}.`,
      advice: 'Check the host in DATABASE_URL and the name server of this machine.',
    },
    EAI_AGAIN: {
      code: 'store-unknown-host',
      message: (store) => `The host of the database ${store} cannot be looked up at the moment.`,
      advice: 'Check the name server of this machine.',
    },
    '28P01': LOGIN,
    '28000': LOGIN,
    '3D000': {
      code: 'store-no-database',
      message: (store) => `There is no database ${store}.`,
      advice: 'Create it (`createdb`), or correct its name in DATABASE_URL.',
    },
    '42501': RIGHTS,
    '3F000': RIGHTS,
    '42P07': FOREIGN,
    '42703': FOREIGN,
    '53300': {
      code: 'store-too-many-connections',
      message: (store) => `The database ${store} takes no more connections.`,
      advice: 'Every process of the bot needs up to 10: run fewer, or raise `max_connections`.',
    },
    '53100': {
      code: 'store-full',
      message: (store) => `The disk of the database ${store} is full.`,
      advice: 'Free space on it and start again.',
    },
    '57P03': {
      code: 'store-starting',
      message: (store) => `The database ${store} is starting or stopping.`,
      advice: 'Try again in a moment.',
    },
    '25006': {
      code: 'store-read-only',
      message: (store) => `The database ${store} cannot be written: it is a standby or set to reading.`,
      advice: 'Point DATABASE_URL at the primary server.',
    },
    '55P03': {
      code: 'store-locked',
      message: (store) => `Another process kept the database ${store} locked.`,
      advice: 'It is probably bringing the tables up to date: try again in a moment.',
    },
  }),
);

/** Errors that `pg` reports as text only, without a code. */
const SAYINGS: readonly (readonly [RegExp, Words])[] = [
  [/does not support SSL/i, TLS],
  [/self[- ]signed|certificate|unable to verify|altname|TLS|SSL/i, TLS],
  [
    /unexpected(ly)? (message|response|Message)|Received unexpected|Connection terminated unexpectedly|Unknown (message|authentication)/i,
    {
      code: 'store-not-postgres',
      message: (store) => `What answers at ${store} is no PostgreSQL, or ended the connection at once.`,
      advice: 'Check the port in DATABASE_URL: PostgreSQL usually listens on 5432.',
    },
  ],
  [/timeout|timed out|Connection terminated/i, UNREACHABLE],
  [/Invalid URL|database URL|searchParams/i, UNREACHABLE],
  [/password must be a string|no password/i, LOGIN],
];

/** A PostgreSQL or connection error in words for people. Never contains the user or the password. */
export function postgresFailure(url: string, error: unknown): OperationalError {
  const store = nameOfStore({ kind: 'postgres', url });
  const { code, text } = rootOf(error);
  const words =
    refusedParameter(text) ??
    (code === null ? undefined : WORDS.get(code)) ??
    SAYINGS.find(([saying]) => saying.test(text))?.[1];
  if (words) {
    return new OperationalError(words.message(store), {
      code: words.code,
      advice: words.advice,
      repeat: 'refused',
      cause: error,
    });
  }
  return new OperationalError(`The database ${store} cannot be used: ${text}`, {
    code: 'store-unusable',
    advice: 'Check DATABASE_URL and the log of the database.',
    repeat: 'refused',
    cause: error,
  });
}

/** PgBouncer accepts few startup parameters, and none in `options` (up to version 1.19 not even those few). */
function refusedParameter(text: string): Words | undefined {
  const [, parameter] = /unsupported startup parameter(?: in options)?: (\w+)/.exec(text) ?? [];
  if (parameter === undefined) return undefined;
  const schema = parameter === 'options' || parameter === 'search_path';
  const instead = schema
    ? '`alter role <the bot’s user> set search_path = <schema>` chooses a schema as well.'
    : 'Set it for the bot’s user (`alter role … set …`), or name it in `ignore_startup_parameters` of PgBouncer.';
  return {
    code: 'store-parameter-refused',
    message: (store) => `PgBouncer at ${store} refuses the parameter \`${parameter}\` of the connection.`,
    advice: `Take it out of DATABASE_URL and PGOPTIONS. ${instead}`,
  };
}

/** The innermost cause: several addresses of one host fail together, and kysely wraps errors of its driver. */
function rootOf(error: unknown): { readonly code: string | null; readonly text: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (!types.isNativeError(error)) return { code: null, text: String(error) };
  if ('code' in error && typeof error.code === 'string') return { code: error.code, text: error.message };
  return error.cause === undefined ? { code: null, text: error.message } : rootOf(error.cause);
}
