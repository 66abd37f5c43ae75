import { describe, expect, test } from '@jest/globals';
import { every } from '../../../src/lib/cron.ts';
import { shareOut } from '../../../src/platform/budget/budget-shares.ts';
import { budgetTroubles, paceOfCycles } from '../../../src/platform/budget/budget-troubles.ts';
import { decideCall } from '../../../src/platform/budget/call-budget.ts';
import { densityOf, type PollingNeed, pollingNeed } from '../../../src/platform/budget/polling-need.ts';
import type { Caller } from '../../../src/platform/port.ts';
import fc from '../../properties.ts';

const needOf = (active: number, seconds: number) => pollingNeed(active, densityOf(every(seconds * 1_000), 0));
const codes = (callsPerMinute: number, need: PollingNeed) =>
  budgetTroubles(callsPerMinute, need).map(({ code }) => code);
const said = (callsPerMinute: number, need: PollingNeed) =>
  budgetTroubles(callsPerMinute, need).map(({ message, advice }) => `${message} ${advice}`);

describe('settings under which something is never read', () => {
  test('are not those of a usual fleet, nor of a demo', () => {
    expect(said(100, needOf(250, 60))).toEqual([]);
    expect(said(100, needOf(5_000, 60))).toEqual([]);
    expect(said(60, needOf(0, 10))).toEqual([]);
    expect(said(1_000, needOf(20, 1))).toEqual([]);
  });

  test('are a schedule that asks for more looks than the budget has calls', () => {
    expect(said(100, needOf(2_000, 10))).toEqual([
      'POLL_SCHEDULE asks for 6 looks a minute at 25 platform calls each, and polling can have 85 of 100 a minute: the bot looks only every 18 s. Set POLL_SCHEDULE to every 18 s or longer, or have the platform operator raise the limit of the appId, and set IOT_CALLS_PER_MINUTE to 190 or more.',
      'Polling needs so many of the 100 platform calls a minute that none are left for sweeps: old tasks, and failed devices beyond the first 100 of a task, are never read. Set POLL_SCHEDULE to look less often, or have the platform operator raise the limit of the appId, and set IOT_CALLS_PER_MINUTE to 190 or more.',
    ]);
  });

  test('are a budget that is too small for one look', () => {
    expect(codes(100, needOf(10_000, 60))).toEqual(['cycle-too-dear', 'sweeps-never']);
    expect(codes(6, needOf(0, 60))).toEqual(['cycle-too-dear', 'sweeps-never']);
    expect(codes(2, needOf(0, 60))).toEqual(['cycle-too-dear', 'sweeps-never', 'reasons-never']);
  });

  test('are a schedule that is kept and leaves nothing', () => {
    expect(codes(60, needOf(250, 10))).toEqual([]);
    expect(codes(56, needOf(250, 10))).toEqual(['sweeps-never']);
  });
});

const settings = fc.record({
  callsPerMinute: fc.integer({ min: 2, max: 400 }),
  active: fc.integer({ min: 0, max: 12_000 }),
  seconds: fc.integer({ min: 1, max: 120 }),
});

/** Whether a call is made in a minute in which nobody else calls. */
function isEverMade(caller: Caller, callsPerMinute: number, need: PollingNeed): boolean {
  const state = { calls: [], blockedUntil: null, now: 0, callsPerMinute, pollingNeed: need.calls };
  return decideCall({ ...state, caller }).kind === 'granted';
}

describe('whatever the settings', () => {
  test('sweeps and reasons are said to be never read exactly where no call for them is ever made', () => {
    fc.assert(
      fc.property(settings, ({ callsPerMinute, active, seconds }) => {
        const need = needOf(active, seconds);
        const named = codes(callsPerMinute, need);
        expect(named.includes('sweeps-never')).toBe(!isEverMade({ priority: 'sweep' }, callsPerMinute, need));
        expect(named.includes('reasons-never')).toBe(
          !isEverMade({ priority: 'new-failure' }, callsPerMinute, need),
        );
      }),
    );
  });

  test('the budget that the advice names is enough', () => {
    fc.assert(
      fc.property(settings, ({ callsPerMinute, active, seconds }) => {
        const need = needOf(active, seconds);
        for (const { advice } of budgetTroubles(callsPerMinute, need)) {
          const enough = Number(/IOT_CALLS_PER_MINUTE to (\d+) or more/.exec(advice)?.[1]);
          expect(codes(enough, need)).toEqual([]);
        }
      }),
    );
  });

  test('cycles at the pace that is named have all the calls they need', () => {
    fc.assert(
      fc.property(settings, ({ callsPerMinute, active, seconds }) => {
        const need = needOf(active, seconds);
        const pace = paceOfCycles(callsPerMinute, need);
        fc.pre(pace > 0);
        const { people, newFailures } = shareOut(callsPerMinute, need.calls);
        const most = callsPerMinute - people - newFailures;
        expect(Math.floor(61_000 / pace) * need.cycleCalls).toBeLessThanOrEqual(most);
      }),
    );
  });
});
