import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';
import { addRunning, moves } from './harness/subscribing.ts';

const DAY = 86_400_000;

type Way = (file: string, copy: string) => Promise<void>;

/** What `sqlite3 upgrades.db ".backup copy.db"` does. */
const byBackup: Way = async (file, copy) => {
  const source = new DatabaseSync(file);
  await backup(source, copy);
  source.close();
};
const byVacuum: Way = async (file, copy) => {
  const source = new DatabaseSync(file);
  source.exec(`vacuum into '${copy}'`);
  source.close();
};

/** Stops the bot, puts the copy in the store's place and starts it again. */
async function restore(s: Story, copy: string): Promise<void> {
  await s.stop();
  const file = join(s.folder, 'upgrades.db');
  for (const beside of ['-wal', '-shm']) await rm(`${file}${beside}`, { force: true });
  await copyFile(copy, file);
  await s.start(alertsTo(s));
}

describe.each([
  ['.backup', byBackup],
  ['vacuum into', byVacuum],
])('a copy of the store by %s while the bot runs', (_name, way) => {
  story('is whole, and does not disturb the bot', async (s) => {
    addRunning(s, 'op-1');
    await s.start(alertsTo(s));
    await s.told({ says: ['I watch'] });
    const copy = join(s.folder, 'copy.db');
    await way(join(s.folder, 'upgrades.db'), copy);
    await moves(s, 'op-1', 'failed');
    const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
    const read = new DatabaseSync(copy, { readOnly: true });
    expect(read.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
    read.close();

    // Days later, since a gap counts from five cycles on and a story's cycles are a day apart.
    s.clock.advance(6 * DAY);
    await restore(s, copy);
    const again = await s.told({ kind: 'post', thread: null, says: ['while I was away'] });
    await s.told({ kind: 'post', thread: again.post.ts, says: ['op-1', 'failed'] });
    expect(again.post.ts).not.toBe(root.post.ts);
  });
});

describe('a restored store', () => {
  story('goes on in the threads it knows, and tells there again what it has forgotten', async (s) => {
    addRunning(s, 'op-1');
    await s.start(alertsTo(s));
    await s.told({ says: ['I watch'] });
    await moves(s, 'op-1', 'failed');
    const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
    await s.silence();
    const copy = join(s.folder, 'copy.db');
    await byBackup(join(s.folder, 'upgrades.db'), copy);
    await moves(s, 'op-1', 'processing');
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['*running*']);
    await s.silence();
    await restore(s, copy);
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['*running*']);
  });
});
