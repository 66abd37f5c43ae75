import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../../sandbox/platform/fleet/random.ts';
import { BUDGET_WINDOW } from '../../../src/platform/budget/call-budget.ts';
import { createMemoryCallLedger } from '../../../src/platform/budget/memory-call-ledger.ts';
import type { Caller } from '../../../src/platform/port.ts';
import { openSqlite } from '../../../src/store/engine/open-sqlite.ts';
import { createStoreCallLedger } from '../../../src/store/platform/call-ledger.ts';
import { type Folder, temporaryFolder } from '../folder.ts';
import { NOW } from '../samples.ts';

const NOBODY: Caller = { priority: 'interactive', person: null };
const POLL: Caller = { priority: 'poll' };
const SWEEP: Caller = { priority: 'sweep' };
const CALLERS: readonly Caller[] = [
  ...[NOBODY, POLL, SWEEP, { priority: 'new-failure' } as const],
  ...['U1', 'U1', 'U2'].map((person) => ({ priority: 'interactive', person }) as const),
];

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
    take: async (caller: Caller, times = 1) => {
      const decisions = [];
      for (let call = 0; call < times; call += 1) decisions.push(await ledger().take(caller));
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
    expect(await bench.take(NOBODY, 9)).toEqual(Array(9).fill('granted'));
    await bench.restart();
    expect(await bench.take(NOBODY)).toEqual(['kept-for-watching']);
    expect(await bench.ledger().usage()).toEqual({ used: 9, limit: 10, blockedUntil: null, polling: null });
    await bench.close();
  });

  test('gives a call back when it leaves the window, and forgets it', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder, 4);
    await bench.take(NOBODY, 2);
    bench.advance(1_000);
    await bench.take(NOBODY);
    bench.advance(BUDGET_WINDOW - 1_001);
    expect(await bench.ledger().take(NOBODY)).toEqual({
      kind: 'wait',
      until: NOW + BUDGET_WINDOW,
      reason: 'kept-for-watching',
    });
    bench.advance(1);
    expect(await bench.take(NOBODY, 3)).toEqual([...Array(2).fill('granted'), 'kept-for-watching']);
    expect(await bench.kept()).toBe(3);
    await bench.close();
  });

  test('remembers who called, and what polling needs, over a restart and in every process', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    const polling = { cycleCalls: 4, cyclesPerMinute: 1, calls: 4, active: 0 };
    await bench.ledger().reserve({ ...polling, calls: 3 });
    await bench.ledger().reserve(polling);
    expect(await bench.take(SWEEP, 3)).toEqual(['granted', 'granted', 'sweep-share-used']);
    await bench.restart();
    expect((await bench.ledger().usage()).polling).toEqual(polling);
    const ana: Caller = { priority: 'interactive', person: 'ana' };
    expect(await bench.take(ana, 2)).toEqual(['granted', 'person-share-used']);
    expect(await bench.take(NOBODY, 3)).toEqual(['granted', 'granted', 'kept-for-watching']);
    expect(await bench.take(POLL, 5)).toEqual([...Array(4).fill('granted'), 'kept-for-others']);
    await bench.close();
  });

  test('a refused call costs nothing', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    await bench.take(POLL, 20);
    expect((await bench.ledger().usage()).used).toBe(8);
    await bench.close();
  });

  test('calls asked for at the same moment do not slip through together', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    const decisions = await Promise.all(Array.from({ length: 40 }, () => bench.ledger().take(NOBODY)));
    expect(decisions.filter(({ kind }) => kind === 'granted')).toHaveLength(9);
    await bench.close();
  });
});

test('decides by numbers as it would by the calls themselves', async () => {
  using folder = temporaryFolder();
  const bench = await setUp(folder, 12);
  let now = NOW;
  const memory = createMemoryCallLedger({ now: () => now, callsPerMinute: 12 });
  const polling = { cycleCalls: 2, cyclesPerMinute: 1, calls: 2, active: 1 };
  await Promise.all([bench.ledger().reserve(polling), memory.reserve(polling)]);
  const random = seededRandom(4711);
  const decided = new Set<string>();
  for (let turn = 0; turn < 300; turn += 1) {
    const step = Math.floor(random() * 6_000);
    bench.advance(step);
    now += step;
    const caller = CALLERS[Math.floor(random() * CALLERS.length)] ?? POLL;
    const decision = await bench.ledger().take(caller);
    expect(decision).toEqual(await memory.take(caller));
    decided.add(decision.kind === 'wait' ? decision.reason : decision.kind);
  }
  expect(decided.size).toBeGreaterThan(4);
  await bench.close();
});

describe('when the clock is set back', () => {
  test('the calls made before count for a minute more, and not until the old time is reached', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    await bench.take(NOBODY, 9);
    bench.advance(-86_400_000);
    expect(await bench.ledger().take(NOBODY)).toEqual({
      kind: 'wait',
      until: NOW - 86_400_000 + BUDGET_WINDOW,
      reason: 'kept-for-watching',
    });
    bench.advance(BUDGET_WINDOW - 1);
    expect(await bench.take(NOBODY)).toEqual(['kept-for-watching']);
    bench.advance(1);
    expect(await bench.take(NOBODY, 9)).toEqual(Array(9).fill('granted'));
    await bench.close();
  });

  test('a block lasts a minute more at the most', async () => {
    using folder = temporaryFolder();
    const bench = await setUp(folder);
    await bench.ledger().block(NOW + 60_000);
    bench.advance(-86_400_000);
    expect(await bench.take(NOBODY)).toEqual(['throttled']);
    bench.advance(60_000);
    expect(await bench.take(NOBODY)).toEqual(['granted']);
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
    expect(await bench.take(NOBODY)).toEqual(['throttled']);
    bench.advance(1);
    expect(await bench.ledger().usage()).toMatchObject({ blockedUntil: null });
    expect(await bench.take(NOBODY)).toEqual(['granted']);
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
