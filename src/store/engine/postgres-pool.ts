import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** Connections of one process: every channel's lane asks shortly, and nobody holds one while waiting for Slack. */
const CONNECTIONS = 10;
const CONNECT_TIMEOUT = 5_000;
/** A database that says nothing for this long is taken for gone, and the connection is given up. Milliseconds. */
const ANSWER_TIMEOUT = 15_000;
/** What a transaction locked is free again so long after its process was cut off, whatever the network says. Milliseconds. */
const CUT_OFF = 10_000;
/** Nobody waits longer for what another process holds. Milliseconds. */
const LOCK_TIMEOUT = 12_000;

/**
 * Sets the limits of a transaction with its beginning. As parameters of the connection they would be refused by PgBouncer,
 * which takes only those it keeps track of (its manual: `ignore_startup_parameters`), and lost where it hands the
 * connection to somebody else after each transaction.
 */
const BEGIN = `begin; set local idle_in_transaction_session_timeout = ${CUT_OFF}; set local lock_timeout = ${LOCK_TIMEOUT}`;

/**
 * Connections to PostgreSQL in the shape kysely drives. A connection that broke or went silent is not used again: `pg`
 * would put the next question behind the one that never gets its answer.
 */
export function createPostgresPool(url: string): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: ANSWER_TIMEOUT,
    keepAlive: true,
    application_name: 'upgrades-bot',
    types: { getTypeParser: typeParser },
  });
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  // An error event without a listener would end the process; whoever asks next gets a new connection.
  pool.on('error', () => undefined);
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client);
      if (known) return known;
      const made = guarded(client);
      clients.set(client, made);
      return made;
    },
  };
}

function guarded(client: pg.PoolClient): PostgresPoolClient {
  let broken: Error | null = null;
  client.on('error', (error) => {
    broken ??= error;
  });
  const query = async (text: string, parameters: readonly unknown[]) => {
    if (broken) throw broken;
    try {
      if (text === 'begin') return await begin(client);
      return await client.query(text, [...parameters]);
    } catch (error) {
      if (error instanceof Error && !(error instanceof pg.DatabaseError)) broken ??= error;
      throw error;
    }
  };
  return {
    // kysely asks with text and parameters only: cursors are for streams, which nothing here uses.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy || broken !== null),
  };
}

/** Three statements in one go have three results, for whatever the types say. */
async function begin(client: pg.PoolClient): Promise<unknown> {
  const results: unknown = await client.query(BEGIN);
  return Array.isArray(results) ? results[0] : results;
}

const INT8 = pg.types.builtins.INT8;

/** Whole numbers as numbers: times in milliseconds and counters stay far below 2^53. */
function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format);
}
