import { failedDevices } from '../task/tally.ts';
import { inOrderOfHappening } from './order-of-happening.ts';
import type { TaskChanges } from './outbox-plan.ts';

/** A notice waits this long for the reasons that belong to it at the most, in milliseconds. */
export const REASONS_PATIENCE = 700;

/** Tasks that failed or begin to fail, in the order they are told: what is posted first has its reasons first. */
export function newFailures(changes: readonly TaskChanges[]): readonly string[] {
  return inOrderOfHappening(changes)
    .filter(({ task }) => (failedDevices(task.tally) ?? 0) > 0)
    .filter((one) => one.changes.some(({ kind }) => kind === 'failed' || kind === 'failing'))
    .map(({ task }) => task.operationId);
}
