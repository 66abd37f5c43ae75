import { describe, expect, test } from '@jest/globals';
import { every as everySoOften } from '../../../src/lib/cron.ts';
import { shareOut } from '../../../src/platform/budget/budget-shares.ts';
import {
  BUDGET_WINDOW,
  decideCall,
  type MadeCall,
  madeBy,
} from '../../../src/platform/budget/call-budget.ts';
import { densityOf, pollingNeed } from '../../../src/platform/budget/polling-need.ts';
import type { Caller } from '../../../src/platform/port.ts';
import fc from '../../properties.ts';

const MINUTE = 60_000;
const ana: Caller = { priority: 'interactive', person: 'ana' };
const wei: Caller = { priority: 'interactive', person: 'wei' };
const nobody: Caller = { priority: 'interactive', person: null };
const poll: Caller = { priority: 'poll' };
const newFailure: Caller = { priority: 'new-failure' };
const sweep: Caller = { priority: 'sweep' };
const EVERYONE = [ana, wei, nobody, poll, newFailure, sweep];

interface Settings {
  readonly callsPerMinute: number;
  /** Calls that polling needs in a window. */
  readonly need: number;
}

const USUAL: Settings = { callsPerMinute: 100, need: 20 };

function made(caller: Caller, count: number, at = 0): MadeCall[] {
  return Array.from({ length: count }, () => madeBy(caller, at));
}

function decide(caller: Caller, calls: readonly MadeCall[], now = 1_000, settings = USUAL) {
  const { callsPerMinute, need } = settings;
  return decideCall({ calls, blockedUntil: null, caller, now, callsPerMinute, pollingNeed: need });
}

/** Asks again and again at one moment until the answer is no. */
function most(caller: Caller, before: readonly MadeCall[], now = 1_000, settings = USUAL): number {
  const calls = [...before];
  while (decide(caller, calls, now, settings).kind === 'granted') calls.push(madeBy(caller, now));
  return calls.length - before.length;
}

describe('the shared budget of calls', () => {
  test('an empty minute grants everyone', () => {
    for (const caller of EVERYONE) expect(decide(caller, [])).toEqual({ kind: 'granted' });
  });

  test('the 101st call in a minute must wait until the first has left the window', () => {
    const calls = [...made(poll, 30, 500), ...made(nobody, 70, 700)];
    expect(decide(nobody, calls)).toEqual({
      kind: 'wait',
      until: 500 + BUDGET_WINDOW,
      reason: 'budget-full',
    });
  });

  test('people without end leave polling what it needs, and new failures theirs', () => {
    const calls = made(nobody, most(nobody, []));
    expect(calls).toHaveLength(75);
    expect(decide(nobody, calls)).toMatchObject({ kind: 'wait', reason: 'kept-for-watching' });
    expect(most(newFailure, calls)).toBe(5);
    expect(most(poll, calls)).toBe(20);
  });

  test('one person leaves half of it to the others', () => {
    const calls = made(ana, most(ana, []));
    expect(calls).toHaveLength(37);
    expect(decide(ana, calls)).toMatchObject({ kind: 'wait', reason: 'person-share-used' });
    expect(most(wei, calls)).toBe(37);
  });

  test('polling that needs nearly all leaves people a tenth, and new failures a twentieth', () => {
    const tight = { callsPerMinute: 100, need: 500 };
    const calls = made(poll, most(poll, [], 0, tight));
    expect(calls).toHaveLength(85);
    expect(decide(poll, calls, 0, tight)).toMatchObject({ kind: 'wait', reason: 'kept-for-others' });
    expect(most(newFailure, calls, 0, tight)).toBe(5);
    expect(most(nobody, calls, 0, tight)).toBe(10);
  });

  test('a new failure is read also where polling and people have used all that is theirs', () => {
    const calls = [...made(poll, 20), ...made(nobody, 75)];
    expect(decide(newFailure, calls)).toEqual({ kind: 'granted' });
  });

  test('sweeps take half of what is free, less what people took of it', () => {
    expect(most(sweep, [])).toBe(37);
    expect(most(sweep, made(ana, 30))).toBe(7);
    expect(most(wei, made(sweep, 37))).toBe(19);
  });

  test('sweeps leave polling all it needs, also where that is more than can be reserved', () => {
    expect(decide(sweep, [], 0, { callsPerMinute: 100, need: 84 })).toEqual({ kind: 'granted' });
    expect(decide(sweep, [], 0, { callsPerMinute: 100, need: 85 })).toEqual({
      kind: 'wait',
      until: BUDGET_WINDOW,
      reason: 'kept-for-watching',
    });
  });

  test('a throttle answer blocks everyone, also questions, until the moment it names', () => {
    const state = { calls: [], blockedUntil: 70_000, caller: ana, callsPerMinute: 100, pollingNeed: 20 };
    expect(decideCall({ ...state, now: 69_999 })).toEqual({
      kind: 'wait',
      until: 70_000,
      reason: 'throttled',
    });
    expect(decideCall({ ...state, now: 70_000 })).toEqual({ kind: 'granted' });
  });

  test('a budget of two calls a minute goes to polling and to people, one each', () => {
    const tiny = { callsPerMinute: 2, need: 10 };
    expect(most(poll, [], 0, tiny)).toBe(1);
    expect(most(ana, made(poll, 1), 0, tiny)).toBe(1);
  });
});

interface Ask {
  readonly pause: number;
  readonly caller: Caller;
}

const asksOf = (...callers: readonly Caller[]) =>
  fc.array(
    fc.record({
      pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30_000 })),
      caller: fc.constantFrom(...callers),
    }),
    { maxLength: 200 },
  );
const asks = asksOf(...EVERYONE);
const settings = fc.record({
  callsPerMinute: fc.integer({ min: 2, max: 60 }),
  need: fc.integer({ min: 0, max: 80 }),
});

/** What became of each question in turn: the call, and those made before it. */
interface Turn {
  readonly caller: Caller;
  readonly now: number;
  readonly before: readonly MadeCall[];
  readonly granted: boolean;
}

function play(asked: readonly Ask[], given: Settings): { calls: MadeCall[]; turns: Turn[] } {
  const calls: MadeCall[] = [];
  const turns: Turn[] = [];
  let now = 0;
  for (const { pause, caller } of asked) {
    now += pause;
    const granted = decide(caller, calls, now, given).kind === 'granted';
    turns.push({ caller, now, before: [...calls], granted });
    if (granted) calls.push(madeBy(caller, now));
  }
  return { calls, turns };
}

/** Those that count at a moment. */
function counting(calls: readonly MadeCall[], now: number): readonly MadeCall[] {
  return calls.filter(({ at }) => now - at < BUDGET_WINDOW);
}

function mostInAnyMinute(calls: readonly MadeCall[]): number {
  return Math.max(
    0,
    ...calls.map(
      (first) => calls.filter((call) => call.at >= first.at && call.at < first.at + MINUTE).length,
    ),
  );
}

describe('whatever is asked, in any order and at any pace', () => {
  test('no window of 60 seconds ever holds more than the limit', () => {
    fc.assert(
      fc.property(asks, settings, (asked, given) => {
        expect(mostInAnyMinute(play(asked, given).calls)).toBeLessThanOrEqual(given.callsPerMinute);
      }),
    );
  });

  test('not even when each call takes up to a second longer on its way than another', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 200, maxLength: 200 });
    fc.assert(
      fc.property(asks, settings, delays, (asked, given, delay) => {
        const seen = play(asked, given).calls.map((call, index) => ({
          ...call,
          at: call.at + (delay[index] ?? 0),
        }));
        expect(mostInAnyMinute(seen)).toBeLessThanOrEqual(given.callsPerMinute);
      }),
    );
  });

  test.each([
    ['polling', poll, 'polling'],
    ['new failures', newFailure, 'newFailures'],
    ['people', nobody, 'people'],
  ] as const)('what is reserved for %s is always there', (_name, caller, share) => {
    fc.assert(
      fc.property(asks, settings, (asked, given) => {
        const reserved = shareOut(given.callsPerMinute, given.need)[share];
        for (const { now, before } of play(asked, given).turns) {
          const used = counting(before, now).filter(({ priority }) => priority === caller.priority).length;
          if (used < reserved) expect(decide(caller, before, now, given)).toEqual({ kind: 'granted' });
        }
      }),
    );
  });

  test('one person is never granted more than half of what is free', () => {
    fc.assert(
      fc.property(asks, settings, (asked, given) => {
        const { calls } = play(asked, given);
        const { free } = shareOut(given.callsPerMinute, given.need);
        const hers = calls.filter(({ person }) => person === 'ana');
        expect(mostInAnyMinute(hers)).toBeLessThanOrEqual(Math.max(1, Math.floor(free / 2)));
      }),
    );
  });

  test('one person who asks without end beside polling and sweeps keeps no other from being answered', () => {
    fc.assert(
      fc.property(asksOf(ana, ana, ana, sweep), settings, (asked, given) => {
        // With a single call free there is nothing to share.
        fc.pre(shareOut(given.callsPerMinute, given.need).free >= 4);
        for (const { now, before } of play(asked, given).turns)
          expect(decide(wei, before, now, given)).toEqual({ kind: 'granted' });
      }),
    );
  });

  test('a sweep that is granted leaves a whole window of polling and of new failures', () => {
    fc.assert(
      fc.property(asks, settings, (asked, given) => {
        const { callsPerMinute, need } = given;
        const { newFailures } = shareOut(callsPerMinute, need);
        for (const { caller, now, before, granted } of play(asked, given).turns) {
          if (caller !== sweep || !granted) continue;
          const recent = counting([...before, madeBy(sweep, now)], now);
          const used = (priority: string) => recent.filter((call) => call.priority === priority).length;
          const still = Math.max(0, need - used('poll')) + Math.max(0, newFailures - used('new-failure'));
          expect(recent.length + still).toBeLessThanOrEqual(callsPerMinute);
        }
      }),
    );
  });

  test('at the moment a refusal names, and not a millisecond earlier, the same call is granted', () => {
    fc.assert(
      fc.property(asks, settings, fc.constantFrom(...EVERYONE), (asked, given, caller) => {
        const { calls } = play(asked, given);
        const now = calls.at(-1)?.at ?? 0;
        const decision = decide(caller, calls, now, given);
        if (decision.kind === 'granted') return;
        expect(decide(caller, calls, decision.until - 1, given)).toMatchObject({ kind: 'wait' });
        // What would not even fit into an empty minute is asked for again after a window.
        const fitsAtAll = decide(caller, [], now, given).kind === 'granted';
        const then = decide(caller, calls, decision.until, given);
        expect(then.kind).toBe(fitsAtAll ? 'granted' : 'wait');
      }),
    );
  });
});

describe('the cycles of a schedule', () => {
  const cycles = fc.record({
    every: fc.constantFrom(5, 7, 10, 15, 20, 30, 60, 90),
    active: fc.integer({ min: 0, max: 700 }),
  });

  test('are whole and on time while everybody else asks without end, as long as a minute has room for them', () => {
    fc.assert(
      fc.property(cycles, asksOf(ana, wei, nobody, newFailure, sweep), ({ every, active }, others) => {
        const runs = Array.from({ length: 62 }, (_, tick) => tick * every * 1_000);
        const need = pollingNeed(active, densityOf(everySoOften(every * 1_000), 0));
        const given = { callsPerMinute: 100, need: need.calls };
        fc.pre(shareOut(100, need.calls).polling === need.calls);
        const calls: MadeCall[] = [];
        const call = (caller: Caller, now: number) => {
          const granted = decide(caller, calls, now, given).kind === 'granted';
          if (granted) calls.push(madeBy(caller, now));
          return granted;
        };
        let next = 0;
        let now = 0;
        for (const { pause, caller } of others) {
          now += pause;
          for (; next < runs.length && (runs[next] ?? 0) <= now; next += 1) {
            for (let page = 0; page < need.cycleCalls; page += 1)
              // One page after the other, each in a tenth of a second.
              expect(call(poll, (runs[next] ?? 0) + page * 100)).toBe(true);
          }
          // Many at once: what there is, is used up.
          for (let time = 0; time < 20; time += 1) call(caller, now);
        }
      }),
    );
  });
});
