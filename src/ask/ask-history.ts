import type { TaskHistory } from '../core/question/detail-answer.ts';
import { readChangesOfTask } from '../store/change/changes.ts';
import { readSnapshots } from '../store/change/snapshots.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import type { AskParts } from './parts.ts';

/** Changes shown at each end of the history. */
const MOST_CHANGES = 6;

/** A task's history as the bot saw it. Reads only our own store and makes no platform calls. */
export async function askHistory({ db }: Pick<AskParts, 'db'>, operationId: string): Promise<TaskHistory> {
  const watched = (await readWatchedTasks(db, [operationId])).get(operationId);
  return {
    operationId,
    task: watched?.task ?? null,
    firstSeenAt: watched?.firstSeenAt ?? null,
    lastSeenAt: watched?.seenAt ?? null,
    snapshots: await readSnapshots(db, operationId),
    changes: await readChangesOfTask(db, operationId, MOST_CHANGES),
  };
}
