import { describe, expect, test } from '@jest/globals';
import { TOLD_KINDS } from '../../../src/core/change/changes.ts';
import { endsMutes, type Mute, muteDoes } from '../../../src/core/notification/mute.ts';
import { HOUR, NOON } from '../tasks.ts';

const mute = (until: number | null): Mute => ({ until, by: 'U1', at: NOON - HOUR });

test.each(TOLD_KINDS)('without a mute nothing is done: %s', (kind) => {
  expect(muteDoes(null, kind, NOON)).toBe('nothing');
});

describe('a mute for a while', () => {
  test.each(TOLD_KINDS)('holds everything, ends included: %s', (kind) => {
    expect(muteDoes(mute(NOON + 1), kind, NOON)).toBe('hold');
  });

  test.each(TOLD_KINDS)('is over at its moment: %s', (kind) => {
    expect(muteDoes(mute(NOON), kind, NOON)).toBe('nothing');
    expect(muteDoes(mute(NOON - 1), kind, NOON)).toBe('nothing');
  });
});

test('a mute for a while is over where the clock shows much less than when it was made', () => {
  const made: Mute = { until: NOON + HOUR, by: 'U1', at: NOON };
  expect(muteDoes(made, 'failed', NOON - 1_000)).toBe('hold');
  expect(muteDoes(made, 'failed', NOON - HOUR)).toBe('nothing');
});

test('a mute until the task ends swallows all but an end', () => {
  const swallowed = TOLD_KINDS.filter((kind) => muteDoes(mute(null), kind, NOON) === 'swallow');
  const ends = TOLD_KINDS.filter((kind) => muteDoes(mute(null), kind, NOON) === 'ends');
  expect(ends).toEqual(['failed', 'succeeded', 'stopped', 'vanished', 'ended']);
  expect(ends).toEqual(TOLD_KINDS.filter(endsMutes));
  expect(swallowed.length + ends.length).toBe(TOLD_KINDS.length);
});
