import { describe, expect, test } from '@jest/globals';
import {
  BUDGET_WINDOW,
  decideCall,
  type MadeCall,
  pollingShare,
  sweepShare,
} from '../../src/core/call-budget.ts';
import type { CallPriority } from '../../src/core/platform.ts';
import fc from '../properties.ts';

const MINUTE = 60_000;

function made(priority: CallPriority, count: number, at = 0): MadeCall[] {
  return Array.from({ length: count }, () => ({ at, priority }));
}

function decide(priority: CallPriority, calls: readonly MadeCall[], now = 1_000, callsPerMinute = 100) {
  return decideCall({ calls, blockedUntil: null, priority, now, callsPerMinute });
}

describe('the shared budget of calls', () => {
  test('an empty minute grants everyone', () => {
    for (const priority of ['interactive', 'poll', 'sweep'] as const) {
      expect(decide(priority, [])).toEqual({ kind: 'granted' });
    }
  });

  test('the 101st call in a minute must wait until the first has left the window', () => {
    expect(decide('interactive', made('interactive', 100, 500))).toEqual({
      kind: 'wait',
      until: 500 + BUDGET_WINDOW,
      reason: 'budget-full',
    });
  });

  test('polling and sweeps together stop at half, questions go on', () => {
    const calls = [...made('poll', 30), ...made('sweep', 20)];
    expect(decide('poll', calls)).toMatchObject({ kind: 'wait', reason: 'polling-half-used' });
    expect(decide('interactive', calls)).toEqual({ kind: 'granted' });
  });

  test('sweeps leave a fifth of the minute for the polling cycles', () => {
    expect(decide('sweep', made('sweep', 29))).toEqual({ kind: 'granted' });
    expect(decide('sweep', made('sweep', 30))).toMatchObject({ kind: 'wait', reason: 'kept-for-polling' });
    expect(decide('poll', made('sweep', 30))).toEqual({ kind: 'granted' });
  });

  test('a throttle answer blocks everyone, also questions, until the moment it names', () => {
    const state = { calls: [], blockedUntil: 70_000, priority: 'interactive' as const, callsPerMinute: 100 };
    expect(decideCall({ ...state, now: 69_999 })).toEqual({
      kind: 'wait',
      until: 70_000,
      reason: 'throttled',
    });
    expect(decideCall({ ...state, now: 70_000 })).toEqual({ kind: 'granted' });
  });

  test('a budget of a single call a minute still lets each of the three through', () => {
    for (const priority of ['interactive', 'poll', 'sweep'] as const) {
      expect(decide(priority, [], 0, 1)).toEqual({ kind: 'granted' });
      expect(decide(priority, made(priority, 1), 0, 1)).toMatchObject({ kind: 'wait' });
    }
  });
});

interface Ask {
  readonly pause: number;
  readonly priority: CallPriority;
}

const asks = fc.array(
  fc.record({
    pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30_000 })),
    priority: fc.constantFrom<CallPriority>('interactive', 'poll', 'sweep'),
  }),
  { maxLength: 200 },
);
const limits = fc.integer({ min: 1, max: 40 });

function play(asked: readonly Ask[], callsPerMinute: number): MadeCall[] {
  const calls: MadeCall[] = [];
  let now = 0;
  for (const ask of asked) {
    now += ask.pause;
    const decision = decideCall({ calls, blockedUntil: null, priority: ask.priority, now, callsPerMinute });
    if (decision.kind === 'granted') calls.push({ at: now, priority: ask.priority });
  }
  return calls;
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
      fc.property(asks, limits, (asked, limit) => {
        expect(mostInAnyMinute(play(asked, limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });

  test('not even when each call takes up to a second longer on its way than another', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 200, maxLength: 200 });
    fc.assert(
      fc.property(asks, limits, delays, (asked, limit, delay) => {
        const seen = play(asked, limit).map((call, index) => ({
          ...call,
          at: call.at + (delay[index] ?? 0),
        }));
        expect(mostInAnyMinute(seen)).toBeLessThanOrEqual(limit);
      }),
    );
  });

  test('polling and sweeps together never make more than their half, sweeps alone never more than their share', () => {
    fc.assert(
      fc.property(asks, limits, (asked, limit) => {
        const calls = play(asked, limit);
        const background = calls.filter((call) => call.priority !== 'interactive');
        const sweeps = calls.filter((call) => call.priority === 'sweep');
        expect(mostInAnyMinute(background)).toBeLessThanOrEqual(pollingShare(limit));
        expect(mostInAnyMinute(sweeps)).toBeLessThanOrEqual(sweepShare(limit));
      }),
    );
  });

  test('a question is refused only when other questions have used what polling may not', () => {
    fc.assert(
      fc.property(asks, limits, (asked, limit) => {
        const calls = play(asked, limit);
        const now = calls.at(-1)?.at ?? 0;
        const questions = calls.filter(
          (call) => call.priority === 'interactive' && now - call.at < BUDGET_WINDOW,
        );
        if (questions.length < limit - pollingShare(limit)) {
          expect(decide('interactive', calls, now, limit)).toEqual({ kind: 'granted' });
        }
      }),
    );
  });

  test('at the moment a refusal names, and not a millisecond earlier, the same call is granted', () => {
    const priorities = fc.constantFrom<CallPriority>('interactive', 'poll', 'sweep');
    fc.assert(
      fc.property(asks, limits, priorities, (asked, limit, priority) => {
        const calls = play(asked, limit);
        const decision = decide(priority, calls, calls.at(-1)?.at ?? 0, limit);
        if (decision.kind === 'granted') return;
        expect(decide(priority, calls, decision.until, limit)).toEqual({ kind: 'granted' });
        expect(decide(priority, calls, decision.until - 1, limit)).toMatchObject({ kind: 'wait' });
      }),
    );
  });
});
