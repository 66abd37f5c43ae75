import { expect, test } from '@jest/globals';
import { fromAbsence, nextAbsence } from '../../../src/core/change/absence.ts';
import { HOUR, NOON } from '../tasks.ts';

const ABSENCE = { from: NOON, until: NOON + HOUR, missed: ['op-lost', 'op-gone'] };
const failed = (at: number) => [{ kind: 'failed' as const, at }];

test('without an absence nothing is of one', () => {
  expect(fromAbsence(null)({ operationId: 'op-1', isNew: true, changes: failed(NOON) })).toBe(false);
});

test('a task that was lost snapshot of is, whenever it is found', () => {
  const wasAway = fromAbsence(ABSENCE);
  const changes = [{ kind: 'vanished' as const, at: NOON + 9 * HOUR }];
  expect(wasAway({ operationId: 'op-gone', isNew: false, changes })).toBe(true);
  expect(wasAway({ operationId: 'op-seen', isNew: false, changes })).toBe(false);
});

test.each([
  ['began and ended in it', NOON + 1, true, true],
  ['ended before it', NOON - 1, true, false],
  ['ended after it', NOON + HOUR + 1, true, false],
  ['was seen since, by a clock that is late', NOON + 1, false, false],
])('a task that %s', (_name, at, isNew, expected) => {
  expect(fromAbsence(ABSENCE)({ operationId: 'op-1', isNew, changes: failed(at) })).toBe(expected);
});

test('what is lost is forgotten once it is found, and begins anew with the next absence', () => {
  const lost = (...ids: readonly string[]) => new Set(ids);
  expect(nextAbsence(null, lost('op-1'), null)).toBeNull();
  expect(nextAbsence(ABSENCE, lost('op-gone', 'op-ended-just-now'), null)).toEqual({
    ...ABSENCE,
    missed: ['op-gone'],
  });
  const returned = { from: NOON + 5 * HOUR, until: NOON + 6 * HOUR };
  expect(nextAbsence(ABSENCE, lost('op-gone', 'op-1'), returned)).toEqual({
    ...returned,
    missed: ['op-gone', 'op-1'],
  });
});
