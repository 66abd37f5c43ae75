import { describe, expect, test } from '@jest/globals';
import { applyHours, applyWish } from '../../../src/core/subscription/apply-wish.ts';
import { printSubscription } from '../../../src/core/subscription/print-subscription.ts';
import {
  readSubscriptionForm,
  type SubscriptionField,
  type SubscriptionForm,
  subscriptionForm,
  withPeopleAsText,
} from '../../../src/core/subscription/subscription-form.ts';
import fc from '../../properties.ts';
import { anyContent, anyHours } from './random-wishes.ts';

const EMPTY = subscriptionForm({ terms: [], kinds: ['failed'], mentions: [], thresholds: {} }, null);

test('a form that nobody touched says what was', () => {
  fc.assert(
    fc.property(anyContent, fc.option(anyHours, { nil: null }), (content, hours) => {
      const read = readSubscriptionForm(subscriptionForm(content, hours));
      if (!read.ok) throw new Error(JSON.stringify([...read.problems]));
      const wished = applyWish(null, read.wish);
      const sorted = (mentions: typeof content.mentions) => mentions.map((one) => JSON.stringify(one)).sort();
      expect(sorted(wished.mentions)).toEqual(sorted(content.mentions));
      const line = (one: typeof content) => printSubscription({ ...one, mentions: [] });
      expect(line(wished)).toBe(line(content));
      if (hours !== null) expect(applyHours(hours, read.wish, 'UTC')).toEqual(hours);
    }),
    { numRuns: 300 },
  );
});

function read(changes: Partial<SubscriptionForm>) {
  return readSubscriptionForm({ ...EMPTY, ...changes });
}

function saved(changes: Partial<SubscriptionForm>): string {
  const reading = read(changes);
  if (!reading.ok) throw new Error(JSON.stringify([...reading.problems]));
  return printSubscription(applyWish(null, reading.wish));
}

describe('what is typed into a form', () => {
  test('is read as on a line', () => {
    expect(saved({ filter: ' fw  model:"WM 20" -group:test ' })).toBe(
      'firmware model:"WM 20" -group:test on:failed',
    );
    expect(saved({ failing: '10%,20', stalled: ' 90m ', kinds: ['failing', 'stalled'] })).toBe(
      'on:failing,stalled failing:10%,20 stalled:90m',
    );
  });

  test('calls people that were chosen and groups by their ids', () => {
    expect(saved({ people: ['U1'], groups: 's0123abc, @here' })).toBe(
      'on:failed mention:<@U1>,<!subteam^S0123ABC>,<!here>',
    );
    expect(saved({ people: [], groups: '' })).toBe('on:failed');
  });

  test('calls people that are written beside the groups', () => {
    const form = withPeopleAsText({ ...EMPTY, people: ['U1', 'U2'], groups: '@here' });
    expect(form).toMatchObject({ people: [], groups: '<@U1>, <@U2>, @here' });
    expect(saved(form)).toBe('on:failed mention:<@U1>,<@U2>,<!here>');
  });

  test('left empty is taken back', () => {
    const reading = read({ quiet: '', digest: '', zone: '' });
    expect(reading.ok && reading.wish).toMatchObject({ quiet: 'off', digestAt: 'off', mentions: [] });
    expect(reading.ok && reading.wish.zone).toBeUndefined();
  });

  test.each<[SubscriptionField, string]>([
    ['filter', 'faild'],
    ['filter', 'on:stalled'],
    ['filter', 'mention:@here'],
    ['filter', 'quiet:off'],
    ['filter', 'stalled'],
    ['filter', 'model:"x'],
    ['groups', '@ops'],
    ['groups', '@channel'],
    ['groups', '@here firmware'],
    ['failing', '10'],
    ['failing', '10% model:x'],
    ['stalled', '2 hours'],
    ['stalled', '2h on:all'],
    ['quiet', '9 to 5'],
    ['quiet', '22:00-07:00 failed'],
    ['digest', '25:00'],
    ['zone', 'Atlantis'],
  ])('in %s is refused there: %s', (field, text) => {
    const reading = read({ [field]: text });
    expect(reading.ok).toBe(false);
    if (!reading.ok) expect([...reading.problems.keys()]).toEqual([field]);
  });

  test('without a kind of change is refused, and so is one nobody knows', () => {
    for (const kinds of [[], ['nonsense'], ['failed', 'x model:y']]) {
      const reading = read({ kinds });
      expect(reading.ok ? [] : [...reading.problems.keys()]).toEqual(['kinds']);
    }
  });

  test('whatever it is, is read without an error', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        read({ filter: one, groups: other, failing: one, quiet: other, zone: one });
      }),
    );
  });
});
