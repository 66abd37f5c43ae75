import { expect, test } from '@jest/globals';
import { printSubscription } from '../../../src/core/subscription/print-subscription.ts';
import { printWaiting, readWaiting } from '../../../src/core/subscription/subscribe-button.ts';
import fc from '../../properties.ts';
import { anyContent, anyHours } from './random-wishes.ts';

const CONTENT = { terms: [], kinds: ['failed'], mentions: [], thresholds: {} } as const;

test('a subscription that waits is read back as it was', () => {
  const waiting = fc.record({
    id: fc.option(fc.uuid(), { nil: null }),
    wished: anyContent,
    hours: fc.option(anyHours, { nil: null }),
  });
  fc.assert(
    fc.property(waiting, (one) => {
      const value = printWaiting(one);
      // Every kind, mention and threshold at once can be longer than a button carries.
      if (value === null) return;
      expect(value.length).toBeLessThanOrEqual(2_000);
      const read = readWaiting(value);
      expect(read).toMatchObject({ id: one.id, hours: one.hours });
      expect(read && printSubscription(read.wished)).toBe(printSubscription(one.wished));
    }),
    { numRuns: 300 },
  );
});

test('one that is too long for a button is none', () => {
  const terms = [{ field: 'model', values: ['x'.repeat(2_000)], not: false }] as const;
  expect(printWaiting({ id: null, wished: { ...CONTENT, terms }, hours: null })).toBeNull();
});

test.each([
  '',
  '-',
  '- ',
  'on:failed',
  '- firmware',
  '- on:nonsense',
  '- on:failed status:failed',
  '- on:failed model:"x',
  '../../etc on:failed',
  `${'x'.repeat(65)} on:failed`,
  '- on:failed \u0000',
])('%j is no subscription of ours', (value) => {
  expect(readWaiting(value)).toBeNull();
});

test('whatever a button carries is read without an error', () => {
  fc.assert(fc.property(fc.string(), (text) => void readWaiting(`- ${text}`)));
});
