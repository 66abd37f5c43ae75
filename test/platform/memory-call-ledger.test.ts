import { expect, test } from '@jest/globals';
import { BUDGET_WINDOW } from '../../src/core/call-budget.ts';
import { createMemoryCallLedger } from '../../src/platform/memory-call-ledger.ts';
import { createClock } from './set-up.ts';

test('the ledger says how much of the minute is used and forgets it afterwards', async () => {
  const clock = createClock();
  const ledger = createMemoryCallLedger({ now: clock.now, callsPerMinute: 3 });
  await ledger.take('interactive');
  await ledger.take('poll');
  expect(await ledger.take('poll')).toMatchObject({ kind: 'wait', reason: 'polling-half-used' });
  expect(await ledger.usage()).toEqual({ used: 2, limit: 3, blockedUntil: null });
  clock.advance(BUDGET_WINDOW);
  expect(await ledger.usage()).toEqual({ used: 0, limit: 3, blockedUntil: null });
});

test('a shorter block does not lift a longer one, and a passed one is not mentioned', async () => {
  const clock = createClock();
  const ledger = createMemoryCallLedger({ now: clock.now, callsPerMinute: 3 });
  const later = clock.now() + 60_000;
  await ledger.block(later);
  await ledger.block(later - 30_000);
  expect(await ledger.usage()).toMatchObject({ blockedUntil: later });
  expect(await ledger.take('interactive')).toEqual({ kind: 'wait', until: later, reason: 'throttled' });
  clock.advance(60_000);
  expect(await ledger.usage()).toMatchObject({ blockedUntil: null });
  expect(await ledger.take('interactive')).toEqual({ kind: 'granted' });
});
