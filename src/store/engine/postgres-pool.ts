import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** Connections per process. Channel lanes query briefly, and none holds one while waiting for Slack. */
const CONNECTIONS = 10;
const CONNECT_TIMEOUT = 5_000;
/** A database that is silent for this long counts as gone, and the connection is dropped. Milliseconds. */
const ANSWER_TIMEOUT = 15_000;
/** A cut-off process's locks are freed after this long, whatever the network reports. Milliseconds. */
const CUT_OFF = 10_000;
/** Longest wait for a lock that another process holds. Milliseconds. */
const LOCK_TIMEOUT = 12_000;

/**
 * Sets a transaction's limits as it begins. PgBouncer would refuse them as connection parameters (its manual:
 * `ignore_startup_parameters`). Session settings would be lost when it gives the connection to another client
 * after a transaction.
 */
const BEGIN = `begin; set local idle_in_transaction_session_timeout = ${CUT_OFF}; set local lock_timeout = ${LOCK_TIMEOUT}`;

/**
 * PostgreSQL connections in the form that kysely expects. A connection that broke or went silent is not
 * reused: `pg` would queue the next query behind the unanswered one.
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
  // Without a listener, an error event would end the process. The next query gets a new connection.
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
    // kysely passes text and parameters only. Cursors are for streams, which nothing here uses.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy || broken !== null),
  };
}

/** Three statements sent at once return three results, whatever the types say. */
async function begin(client: pg.PoolClient): Promise<unknown> {
  const results: unknown = await client.query(BEGIN);
  return Array.isArray(results) ? results[0] : results;
}

const INT8 = pg.types.builtins.INT8;

/** Parses bigint as number: times in milliseconds and counters stay far below 2^53. */
function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format);
}
