import { describe, expect, test } from '@jest/globals';
import { POSTED_KINDS } from '../../../src/core/change/changes.ts';
import { endsMutes, type Mute, muteDoes } from '../../../src/core/notification/mute.ts';
import { HOUR, NOON } from '../tasks.ts';

const mute = (until: number | null): Mute => ({ until, by: 'U1', at: NOON - HOUR });

test.each(POSTED_KINDS)('without a mute nothing is done: %s', (kind) => {
  expect(muteDoes(null, kind, NOON)).toBe('nothing');
});

describe('a mute for a while', () => {
  test.each(POSTED_KINDS)('holds everything, ends included: %s', (kind) => {
    expect(muteDoes(mute(NOON + 1), kind, NOON)).toBe('hold');
  });

  test.each(POSTED_KINDS)('is over at its moment: %s', (kind) => {
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
  const swallowed = POSTED_KINDS.filter((kind) => muteDoes(mute(null), kind, NOON) === 'swallow');
  const ends = POSTED_KINDS.filter((kind) => muteDoes(mute(null), kind, NOON) === 'ends');
  expect(ends).toEqual(['failed', 'succeeded', 'stopped', 'vanished', 'ended']);
  expect(ends).toEqual(POSTED_KINDS.filter(endsMutes));
  expect(swallowed.length + ends.length).toBe(POSTED_KINDS.length);
});
