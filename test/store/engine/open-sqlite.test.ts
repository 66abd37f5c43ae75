import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import { readWatchedTasks } from '../../../src/store/task/tasks.ts';
import { writeWatchedTasks } from '../../../src/store/task/write-tasks.ts';
import { openInAnotherProcess } from '../another-process.ts';
import { temporaryFolder } from '../folder.ts';
import { newlySeen, sampleTask } from '../samples.ts';

const NOBODY = 65_534;
/** Permissions bind everybody but root, so root has the store opened by a user who owns nothing. */
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY } : {};

describe('opening the store', () => {
  test('a new file is made with its folders, and what was written is there after closing and opening', async () => {
    using folder = temporaryFolder();
    const path = folder.in('data/deeper/upgrades.db');
    const first = await openSqlite(path);
    await writeWatchedTasks(first.db, [newlySeen(sampleTask({ operationId: 'op-1' }))]);
    await first.close();
    const second = await openSqlite(path);
    expect([...(await readWatchedTasks(second.db, ['op-1'])).keys()]).toEqual(['op-1']);
    await second.close();
  });

  test('a store in memory needs no file and is empty each time', async () => {
    const stores = await Promise.all([openSqlite(':memory:'), openSqlite(':memory:')]);
    const [one, other] = stores;
    await writeWatchedTasks(one.db, [newlySeen(sampleTask({ operationId: 'op-1' }))]);
    expect((await readWatchedTasks(other.db, ['op-1'])).size).toBe(0);
    await Promise.all(stores.map((store) => store.close()));
    expect(existsSync(':memory:')).toBe(false);
  });

  test('a closed store can be opened again in the same process, an open one cannot', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const store = await openSqlite(path);
    await expect(openSqlite(path)).rejects.toMatchObject({ code: 'store-locked' });
    await store.close();
    await (await openSqlite(path)).close();
  });
});

describe('a store that another process uses', () => {
  test('is refused with advice while that process lives, and free as soon as it was killed', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    const other = await openInAnotherProcess(path);
    expect(other.said).toEqual({ opened: true });
    await expect(openSqlite(path)).rejects.toMatchObject({
      code: 'store-locked',
      repeat: 'refused',
      message: `The store ${path} is in use by another process.`,
      advice: expect.stringContaining('Stop the other process first'),
    });
    await other.kill();
    const store = await openSqlite(path);
    const rows = await store.db.selectFrom('watch_state').select('name').execute();
    // What the killed process had written is not lost with it.
    expect(rows).toEqual([{ name: expect.stringContaining('written-by-') }]);
    await store.close();
  });
});

describe('a store that cannot be written', () => {
  test('is refused when its folder is read-only', async () => {
    using folder = temporaryFolder();
    chmodSync(folder.path, 0o555);
    const other = await openInAnotherProcess(folder.in('upgrades.db'), asNobody);
    chmodSync(folder.path, 0o755);
    await other.kill();
    expect(other.said).toMatchObject({ opened: false, code: 'store-read-only' });
  });

  test('is refused when the file is read-only in a folder that is not, and stays as it was', async () => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    await (await openSqlite(path)).close();
    chmodSync(folder.path, 0o777);
    for (const name of ['upgrades.db.lock']) chmodSync(folder.in(name), 0o666);
    chmodSync(path, 0o444);
    const before = readFileSync(path);
    const other = await openInAnotherProcess(path, asNobody);
    await other.kill();
    expect(other.said).toMatchObject({ opened: false, code: 'store-read-only' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('is refused when the path names a folder', async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.in('upgrades.db'));
    await expect(openSqlite(folder.in('upgrades.db'))).rejects.toMatchObject({ code: 'store-read-only' });
  });
});

describe('a file that is no store', () => {
  test.each([
    ['a text', Buffer.from('PGDMP this is something else entirely\n'.repeat(40))],
    ['a damaged store', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4_096, 7)])],
  ])('%s is refused and not touched', async (_name, content) => {
    using folder = temporaryFolder();
    const path = folder.in('upgrades.db');
    writeFileSync(path, content);
    await expect(openSqlite(path)).rejects.toMatchObject({
      code: 'store-not-a-database',
      message: expect.stringContaining(path),
      advice: expect.stringContaining('Nothing was changed'),
    });
    expect(readFileSync(path).equals(content)).toBe(true);
    // The lock is given back, so that the start can be repeated with a mended file.
    writeFileSync(path, '');
    await (await openSqlite(path)).close();
  });

  test('words of the path do not change what is said of it', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.in('busy-locked'), 'a file where a folder should be');
    await expect(openSqlite(folder.in('busy-locked/upgrades.db'))).rejects.toMatchObject({
      code: 'store-unusable',
    });
  });
});
