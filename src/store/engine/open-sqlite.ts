import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { types } from 'node:util';
import { Kysely, SqliteDialect } from 'kysely';
import { OperationalError } from '../../lib/operational-error.ts';
import { NewerStoreError } from './errors.ts';
import { createBreathing } from './give-way.ts';
import type { Store } from './location.ts';
import { migrate } from './migrate.ts';
import { openNodeSqlite } from './node-sqlite.ts';
import type { Schema } from './schema.ts';

/**
 * Opens the SQLite store at a path (or `:memory:`), migrates it, and locks out other processes of this
 * program: two pollers on one file would post everything twice.
 */
export async function openSqlite(path: string): Promise<Store> {
  const inMemory = path === ':memory:';
  const file = inMemory ? path : resolve(path);
  const release = inMemory ? () => {} : lockStore(file);
  try {
    const sqlite = openFile(file);
    const db = new Kysely<Schema>({
      dialect: new SqliteDialect({ database: sqlite }),
      plugins: [createBreathing()],
    });
    try {
      await migrate(db);
      // Only now: this changes the file, and a newer version's file must stay as it is. WAL with `synchronous
      // = normal` loses nothing when the process is killed; `full` also survives a power cut.
      sqlite.exec('pragma journal_mode = wal; pragma synchronous = full;');
    } catch (error) {
      await db.destroy();
      throw error instanceof NewerStoreError ? error : unusable(file, error);
    }
    return {
      db,
      shared: false,
      async close() {
        await db.destroy();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function openFile(file: string) {
  try {
    // SQLite opens a file it cannot write as read-only, and only the first write would fail.
    if (existsSync(file)) accessSync(file, constants.W_OK);
    const sqlite = openNodeSqlite(file);
    sqlite.exec('pragma busy_timeout = 5000;');
    return sqlite;
  } catch (error) {
    throw unusable(file, error);
  }
}

/** An operating system lock on a file beside the store. It is released when the process ends for any reason. */
function lockStore(file: string): () => void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const lock = openNodeSqlite(`${file}.lock`);
    try {
      lock.exec('pragma journal_mode = delete; begin exclusive;');
    } catch (error) {
      lock.close();
      throw error;
    }
    return () => lock.close();
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, error: unknown): OperationalError {
  const text = causes(error);
  const of = (code: string, message: string, advice: string) =>
    new OperationalError(message, { code, advice, repeat: 'refused', cause: error });
  if (/locked|busy/i.test(text)) {
    return of(
      'store-locked',
      `The store ${file} is in use by another process.`,
      'Stop the other process first, or set DATABASE_URL to a PostgreSQL database, which several processes can share.',
    );
  }
  if (/readonly|EACCES|EPERM|EROFS|unable to open/i.test(text)) {
    return of(
      'store-read-only',
      `The store ${file} cannot be written.`,
      'Give the user of this process write access to the file and its folder, or set DATABASE_URL to another path.',
    );
  }
  if (/disk is full|ENOSPC|disk I\/O/i.test(text)) {
    return of(
      'store-full',
      `The disk of the store ${file} is full or failing.`,
      'Free space on it and start again.',
    );
  }
  if (/not a database|malformed/i.test(text)) {
    return of(
      'store-not-a-database',
      `The file ${file} is not a SQLite database, or it is damaged.`,
      'Set DATABASE_URL to another path, or restore the file from its backup. Nothing was changed.',
    );
  }
  return of(
    'store-unusable',
    `The store ${file} cannot be opened: ${text}`,
    'Check DATABASE_URL and the file.',
  );
}

/** The error text without the path: a folder called `locked` would be mistaken for the reason. */
function causes(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const text = 'syscall' in error && 'code' in error ? String(error.code) : error.message;
  return error.cause === undefined ? text : `${text}: ${causes(error.cause)}`;
}

/**
 * Opens a SQLite store that another process of this program holds, without locking or migrating it: to read
 * briefly, count a call or store a token. SQLite orders the writes of both.
 */
export function openBeside(path: string): {
  readonly db: Kysely<Schema>;
  readonly close: () => Promise<void>;
} {
  const sqlite = openNodeSqlite(resolve(path));
  sqlite.exec('pragma busy_timeout = 5000;');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  return { db, close: () => db.destroy() };
}
