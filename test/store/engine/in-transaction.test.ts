import { describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { inTransaction } from '../../../src/store/engine/in-transaction.ts';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import type { Schema } from '../../../src/store/engine/schema.ts';
import { temporaryFolder } from '../folder.ts';

/** As SQLite numbers them. */
const [NORMAL, FULL] = [1, 2];

async function flushing(db: Kysely<Schema>): Promise<unknown> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  return rows[0]?.synchronous;
}

describe('a power cut', () => {
  test('loses nothing of what was told or decided, and at most the last calls of the budget', async () => {
    using folder = temporaryFolder();
    const { db, close } = await openSqlite(folder.in('upgrades.db'));
    expect(await flushing(db)).toBe(FULL);
    expect(await inTransaction(db, flushing, 'calls')).toBe(NORMAL);
    expect(await flushing(db)).toBe(FULL);
    expect(await inTransaction(db, flushing)).toBe(FULL);
    await close();
  });

  test('still loses nothing after the counting of a call failed', async () => {
    using folder = temporaryFolder();
    const { db, close } = await openSqlite(folder.in('upgrades.db'));
    const broken = new Error('no room');
    await expect(inTransaction(db, () => Promise.reject(broken), 'calls')).rejects.toBe(broken);
    expect(await flushing(db)).toBe(FULL);
    expect(await inTransaction(db, flushing)).toBe(FULL);
    await close();
  });

  test('loses nothing of what is decided while calls are counted', async () => {
    using folder = temporaryFolder();
    const { db, close } = await openSqlite(folder.in('upgrades.db'));
    const both = await Promise.all([
      ...[1, 2, 3].flatMap(() => [inTransaction(db, flushing, 'calls'), inTransaction(db, flushing)]),
    ]);
    expect(both).toEqual([NORMAL, FULL, NORMAL, FULL, NORMAL, FULL]);
    await close();
  });
});
