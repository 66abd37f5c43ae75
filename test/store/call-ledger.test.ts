import { describe, expect, test } from '@jest/globals';
import { BUDGET_WINDOW } from '../../src/core/call-budget.ts';
import type { CallPriority } from '../../src/core/platform.ts';
import { createStoreCallLedger } from '../../src/store/call-ledger.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { type Folder, temporaryFolder } from './folder.ts';
import { NOW } from './samples.ts';

/** A ledger on a file, with a clock that is moved, and the same after a restart. */
async function setUp(folder: Folder, callsPerMinute = 10) {
  let now = NOW;
  let store = await openSqlite(folder.in('upgrades.db'));
  const ledger = () => createStoreCallLedger(store.db, { now: () => now, callsPerMinute });
  return {
    ledger,
    advance(milliseconds: number) {
      now += milliseconds;
    },
    take: async (priority: CallPriority, times = 1) => {
      const decisions = [];
      for (let call = 0; call < times; call += 1) decisions.push(await ledger().take(priority));
      return decisions.map((decision) => (decision.kind === 'wait' ? decision.reason : decision.kind));
    },
    kept: async () => (await store.db.selectFrom('platform_call').selectAll().execute()).length,
    async restart() {
      await store.close();
      store = await openSqlite(folder.in('upgrades.db'));
    },
    close: () => store.close(),
  };
}

describe('the budget of platform calls in the store', () => {
  test('knows after a restart what was called before it', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    expect(await bench.take('interactive', 10)).toEqual(Array(10).fill('granted'));
    await bench.restart();
    expect(await bench.take('interactive')).toEqual(['budget-full']);
    expect(await bench.ledger().usage()).toEqual({ used: 10, limit: 10, blockedUntil: null });
    await bench.close();
  });

  test('gives a call back when it leaves the window, and forgets it', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder, 4);
    await bench.take('interactive', 3);
    bench.advance(1_000);
    await bench.take('interactive');
    bench.advance(BUDGET_WINDOW - 1_001);
    expect(await bench.ledger().take('interactive')).toEqual({
      kind: 'wait',
      until: NOW + BUDGET_WINDOW,
      reason: 'budget-full',
    });
    bench.advance(1);
    expect(await bench.take('interactive', 4)).toEqual([...Array(3).fill('granted'), 'budget-full']);
    expect(await bench.kept()).toBe(4);
    await bench.close();
  });

  test('remembers who called: polling and sweeps stop at their shares, people go on', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    expect(await bench.take('sweep', 4)).toEqual([...Array(3).fill('granted'), 'kept-for-polling']);
    await bench.restart();
    expect(await bench.take('poll', 3)).toEqual(['granted', 'granted', 'polling-half-used']);
    expect(await bench.take('interactive', 6)).toEqual([...Array(5).fill('granted'), 'budget-full']);
    await bench.close();
  });

  test('a refused call costs nothing', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    await bench.take('poll', 20);
    expect((await bench.ledger().usage()).used).toBe(5);
    await bench.close();
  });

  test('calls asked for at the same moment do not slip through together', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    const decisions = await Promise.all(Array.from({ length: 40 }, () => bench.ledger().take('interactive')));
    expect(decisions.filter(({ kind }) => kind === 'granted')).toHaveLength(10);
    await bench.close();
  });
});

describe('a block after the throttle answer', () => {
  test('keeps everyone from calling until its moment, over a restart', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    await bench.ledger().block(NOW + 60_000);
    await bench.restart();
    expect(await bench.ledger().usage()).toMatchObject({ used: 0, blockedUntil: NOW + 60_000 });
    bench.advance(59_999);
    expect(await bench.take('interactive')).toEqual(['throttled']);
    bench.advance(1);
    expect(await bench.ledger().usage()).toMatchObject({ blockedUntil: null });
    expect(await bench.take('interactive')).toEqual(['granted']);
    await bench.close();
  });

  test('is never shortened by a later one that ends earlier', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    await bench.ledger().block(NOW + 60_000);
    await bench.ledger().block(NOW + 10);
    expect((await bench.ledger().usage()).blockedUntil).toBe(NOW + 60_000);
    await bench.close();
  });
});
