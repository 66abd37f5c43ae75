import { failedDevices } from '../task/tally.ts';
import type { TaskChanges } from './outbox-plan.ts';

/**
 * Changes noticed at once, in the order they happened; where that says nothing, by their tasks' ids. The order they were
 * read in is no order to tell them in: it depends on which list of the platform showed them, and that on whether a cycle
 * or a sweep came first. Whose failed devices are read first is decided by this order too, since they are told first.
 */
export function inOrderOfHappening<One extends TaskChanges>(all: readonly One[]): readonly One[] {
  return all.toSorted((one, other) => {
    const [at, otherAt] = [happenedAt(one), happenedAt(other)];
    if (at !== otherAt) return at - otherAt;
    return one.task.operationId < other.task.operationId ? -1 : 1;
  });
}

/** The latest change of a task is the one that is told. */
function happenedAt({ changes }: TaskChanges): number {
  return changes.at(-1)?.at ?? 0;
}

/** A notification waits this long for the reasons that belong to it at the most, in milliseconds. */
export const REASONS_PATIENCE = 700;

/** Tasks that failed or begin to fail, in the order they are told: what is posted first has its reasons first. */
export function newFailures(changes: readonly TaskChanges[]): readonly string[] {
  return inOrderOfHappening(changes)
    .filter(({ task }) => (failedDevices(task.tally) ?? 0) > 0)
    .filter((one) => one.changes.some(({ kind }) => kind === 'failed' || kind === 'failing'))
    .map(({ task }) => task.operationId);
}
