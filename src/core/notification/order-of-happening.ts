import { failedDevices } from '../task/tally.ts';
import type { TaskChanges } from './outbox-plan.ts';

/**
 * Sorts changes noticed at once by when they happened, then by task id. The order they were read in will not do:
 * it depends on which list showed them, and on whether a cycle or a sweep came first. Failed devices are read in
 * this order too, since those tasks are posted first.
 */
export function inOrderOfHappening<One extends TaskChanges>(all: readonly One[]): readonly One[] {
  return all.toSorted((one, other) => {
    const [at, otherAt] = [happenedAt(one), happenedAt(other)];
    if (at !== otherAt) return at - otherAt;
    return one.task.operationId < other.task.operationId ? -1 : 1;
  });
}

/** A task is sorted by its latest change, the one that is posted. */
function happenedAt({ changes }: TaskChanges): number {
  return changes.at(-1)?.at ?? 0;
}

/** Longest wait of a notification for its failure reasons, in milliseconds. */
export const REASONS_PATIENCE = 700;

/** Tasks that have failed or begun to fail, in posting order: what is posted first gets its reasons first. */
export function newFailures(changes: readonly TaskChanges[]): readonly string[] {
  return inOrderOfHappening(changes)
    .filter(({ task }) => (failedDevices(task.tally) ?? 0) > 0)
    .filter((one) => one.changes.some(({ kind }) => kind === 'failed' || kind === 'failing'))
    .map(({ task }) => task.operationId);
}
