import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { alertsTo } from './harness/environment.ts';
import { story } from './harness/story.ts';
import { addRunning, moves } from './harness/subscribing.ts';

const run = promisify(execFile);

const databases: TestDatabase[] = [];
async function database(): Promise<TestDatabase> {
  const made = await createTestDatabase();
  databases.push(made);
  return made;
}
afterEach(async () => {
  for (const one of databases.splice(0)) await one.drop();
});

describe('a dump of the database while the bot runs', () => {
  story('is restored into another database, where the bot goes on in its threads', async (s) => {
    const [first, second] = [await database(), await database()];
    addRunning(s, 'op-1');
    await s.start({ ...alertsTo(s), DATABASE_URL: first.url });
    await s.told({ says: ['I watch'] });
    await moves(s, 'op-1', 'failed');
    const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
    await s.silence();
    const file = join(s.folder, 'upgrades.dump');
    await run('pg_dump', ['--format=custom', '--no-owner', `--file=${file}`, first.url]);
    await s.stop();
    await run('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${second.url}`, file]);

    await s.startAnyhow({ ...alertsTo(s), DATABASE_URL: second.url });
    // The dump holds the lease of whoever watched when it was made: 15 s by the database's clock, and then it is over.
    await s.log.until(({ msg }) => msg === 'sweep ended', 'that the bot took over and swept', 25_000);
    await moves(s, 'op-1', 'processing');
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['*running*']);
  });
});
