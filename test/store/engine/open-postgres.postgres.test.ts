import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openPostgres } from '../../../src/store/engine/open-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The same address with parts of it changed. */
function changed(
  parts: Partial<Pick<URL, 'hostname' | 'port' | 'pathname' | 'username' | 'password'>>,
): string {
  return Object.assign(new URL(database.url), parts).href;
}

describe('a PostgreSQL database', () => {
  test('is brought up to date by one of the processes that start at once, and used by all', async () => {
    await using fresh = await disposable();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgres(fresh.url)));
    const [first] = stores;
    await first?.db.insertInto('watch_state').values({ name: 'told', value: 'once' }).execute();
    for (const { db, shared } of stores) {
      expect(shared).toBe(true);
      expect(await db.selectFrom('watch_state').select('value').execute()).toEqual([{ value: 'once' }]);
    }
    await Promise.all(stores.map((store) => store.close()));
  });

  test('keeps the tables of two bots apart by their schemas', async () => {
    await using fresh = await disposable();
    await ask(fresh.url, 'create schema lamps', 'create schema meters');
    const inSchema = (name: string) => `${fresh.url}?options=-c%20search_path%3D${name}`;
    const [lamps, meters] = [await openPostgres(inSchema('lamps')), await openPostgres(inSchema('meters'))];
    await lamps.db.insertInto('watch_state').values({ name: 'told', value: 'once' }).execute();
    expect(await meters.db.selectFrom('watch_state').selectAll().execute()).toEqual([]);
    await Promise.all([lamps.close(), meters.close()]);
  });

  test('of a newer version is refused, and stays as it is', async () => {
    await using fresh = await disposable();
    await (await openPostgres(fresh.url)).close();
    await ask(fresh.url, "insert into kysely_migration (name, timestamp) values ('999-tomorrow', 'later')");
    await expect(openPostgres(fresh.url)).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining('999-tomorrow'),
    });
  });

  test('with tables of another program is refused, and stays as it is', async () => {
    await using fresh = await disposable();
    await ask(fresh.url, 'create table task (title text)', "insert into task values ('theirs')");
    await expect(openPostgres(fresh.url)).rejects.toMatchObject({ code: 'store-not-ours' });
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    expect((await client.query('select title from task')).rows).toEqual([{ title: 'theirs' }]);
    const { rows } = await client.query("select count(*) from pg_tables where tablename = 'snapshot'");
    expect(rows).toEqual([{ count: '0' }]);
    await client.end();
  });

  test('whose user may make no tables is refused with what to grant', async () => {
    await using fresh = await disposable();
    const role = `reader_${Date.now()}`;
    await ask(fresh.url, `create role ${role} login`);
    const url = new URL(fresh.url);
    url.username = role;
    await expect(openPostgres(url.href)).rejects.toMatchObject({
      code: 'store-rights',
      advice: expect.stringContaining('grant'),
    });
    await ask(fresh.url, `drop role ${role}`);
  });
});

describe('a database that cannot be used is named with what to do, and without its password', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  async function portOf(server: Server): Promise<number> {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on TCP has an address of this kind.
    return (server.address() as AddressInfo).port;
  }
  const at = (port: number) => changed({ port: String(port), password: 'hunter2' });

  test.each([
    ['a port nobody listens on', async () => at(1), 'store-unreachable'],
    ['a host nobody knows', async () => changed({ hostname: 'db.invalid' }), 'store-unknown-host'],
    ['a database that is not there', async () => changed({ pathname: '/nowhere' }), 'store-no-database'],
    [
      'a server that demands no TLS is asked for it',
      async () => `${database.url}?sslmode=require`,
      'store-tls',
    ],
    [
      'a port where a web server answers',
      async () => at(await portOf(createHttpServer((_request, response) => response.end('<html>')))),
      'store-not-postgres',
    ],
    [
      'a port that hangs up',
      async () => at(await portOf(createServer((socket) => socket.end()))),
      'store-not-postgres',
    ],
    ['a user nobody knows', async () => changed({ username: 'nobody-we-know' }), 'store-login-refused'],
  ])('%s', async (_what, url, code) => {
    const error: unknown = await openPostgres(await url()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, advice: expect.stringMatching(/\.$/) });
    expect(`${error}`).not.toContain('hunter2');
  });
});

/** A database of one test. */
async function disposable() {
  const fresh = await createTestDatabase();
  return { url: fresh.url, [Symbol.asyncDispose]: fresh.drop };
}
