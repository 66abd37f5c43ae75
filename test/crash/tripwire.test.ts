import { describe, expect, test } from '@jest/globals';
import { createTripwire, type KillOrder } from './tripwire.ts';

const order = (more: Partial<KillOrder>): KillOrder => ({
  ...{ step: 0, point: 'inside the receipt', what: null, nth: 1, late: null },
  ...more,
});

describe('a kill order', () => {
  test('is carried out at the nth passing of its point, once', () => {
    const tripwire = createTripwire();
    const second = order({ nth: 2 });
    tripwire.arm(second);
    const passed = [
      'inside the receipt',
      'before a platform read',
      'inside the receipt',
      'inside the receipt',
    ] as const;
    expect(passed.map((point) => tripwire.reached(point, ''))).toEqual([null, null, second, null]);
  });

  test('may be about one call only', () => {
    const tripwire = createTripwire();
    const failed = order({ point: 'after a platform read', what: 'list failed 0' });
    tripwire.arm(failed);
    expect(tripwire.reached('after a platform read', 'list wait 0')).toBeNull();
    expect(tripwire.reached('after a platform read', 'list failed 0')).toBe(failed);
  });

  test('about a start counts in lives that begin after it only', () => {
    const tripwire = createTripwire();
    const start = order({ point: 'while it starts', nth: 2 });
    tripwire.arm(start);
    expect([1, 2].map(() => tripwire.reached('while it starts', ''))).toEqual([null, null]);
    tripwire.born();
    expect(tripwire.reached('while it starts', '')).toBeNull();
    tripwire.born();
    expect([1, 2].map(() => tripwire.reached('while it starts', ''))).toEqual([null, start]);
  });
});
