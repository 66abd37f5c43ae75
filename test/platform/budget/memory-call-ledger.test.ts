import { expect, test } from '@jest/globals';
import { BUDGET_WINDOW } from '../../../src/platform/budget/call-budget.ts';
import { createMemoryCallLedger } from '../../../src/platform/budget/memory-call-ledger.ts';
import { createClock, NOBODY, POLL } from '../set-up.ts';

test('the ledger says how much of the minute is used and forgets it afterwards', async () => {
  const clock = createClock();
  const ledger = createMemoryCallLedger({ now: clock.now, callsPerMinute: 3 });
  await ledger.take(NOBODY);
  await ledger.take(POLL);
  expect(await ledger.take(POLL)).toMatchObject({ kind: 'wait', reason: 'kept-for-others' });
  expect(await ledger.usage()).toEqual({ used: 2, limit: 3, blockedUntil: null, polling: null });
  clock.advance(BUDGET_WINDOW);
  expect(await ledger.usage()).toEqual({ used: 0, limit: 3, blockedUntil: null, polling: null });
});

test('a shorter block does not lift a longer one, and a passed one is not mentioned', async () => {
  const clock = createClock();
  const ledger = createMemoryCallLedger({ now: clock.now, callsPerMinute: 3 });
  const later = clock.now() + 60_000;
  await ledger.block(later);
  await ledger.block(later - 30_000);
  expect(await ledger.usage()).toMatchObject({ blockedUntil: later });
  expect(await ledger.take(NOBODY)).toEqual({ kind: 'wait', until: later, reason: 'throttled' });
  clock.advance(60_000);
  expect(await ledger.usage()).toMatchObject({ blockedUntil: null });
  expect(await ledger.take(NOBODY)).toEqual({ kind: 'granted' });
});

test('calls made before the clock was set back count for a minute more', async () => {
  const clock = createClock();
  const ledger = createMemoryCallLedger({ now: clock.now, callsPerMinute: 3 });
  expect(await ledger.take(POLL)).toEqual({ kind: 'granted' });
  clock.advance(-3_600_000);
  expect(await ledger.take(POLL)).toMatchObject({ kind: 'wait', until: clock.now() + BUDGET_WINDOW });
  clock.advance(BUDGET_WINDOW);
  expect(await ledger.take(POLL)).toEqual({ kind: 'granted' });
});

test('what polling needs is kept for it from the moment the watch says so', async () => {
  const clock = createClock();
  const ledger = createMemoryCallLedger({ now: clock.now, callsPerMinute: 10 });
  const polling = { cycleCalls: 5, cyclesPerMinute: 1, calls: 6, active: 0 };
  await ledger.reserve(polling);
  expect(await ledger.usage()).toMatchObject({ polling });
  for (let call = 0; call < 3; call += 1) expect(await ledger.take(NOBODY)).toEqual({ kind: 'granted' });
  expect(await ledger.take(NOBODY)).toMatchObject({ kind: 'wait', reason: 'kept-for-watching' });
  for (let call = 0; call < 6; call += 1) expect(await ledger.take(POLL)).toEqual({ kind: 'granted' });
});
