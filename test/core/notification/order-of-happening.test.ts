import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../../src/core/change/changes.ts';
import { inOrderOfHappening } from '../../../src/core/notification/order-of-happening.ts';
import type { TaskChanges } from '../../../src/core/notification/outbox-plan.ts';
import { aTask, HOUR, NOON } from '../tasks.ts';

function changed(operationId: string, ...changes: readonly Change[]): TaskChanges {
  return { task: aTask({ operationId }), movedAt: NOON, changes };
}

const told = (...all: readonly TaskChanges[]) => inOrderOfHappening(all).map(({ task }) => task.operationId);

describe('changes noticed at once', () => {
  const failing = changed('op-1', { kind: 'failing', at: NOON });
  const failed = changed('op-6', { kind: 'failed', at: NOON - HOUR });

  test('are told in the order they happened, whichever list of the platform was read first', () => {
    expect(told(failing, failed)).toEqual(['op-6', 'op-1']);
    expect(told(failed, failing)).toEqual(['op-6', 'op-1']);
  });

  test('are told by id where they happened at the same time', () => {
    const [one, other] = [failed, changed('op-5', { kind: 'stopped', at: NOON - HOUR })];
    expect(told(one, other)).toEqual(['op-5', 'op-6']);
    expect(told(other, one)).toEqual(['op-5', 'op-6']);
  });

  test('of one task count by the latest, which is the one that is told', () => {
    const started = changed('op-0', { kind: 'created', at: NOON - 2 * HOUR }, { kind: 'started', at: NOON });
    expect(told(started, failed)).toEqual(['op-6', 'op-0']);
  });
});
