import { standingAlarms } from '../core/change/alarms/standing-alarms.ts';
import type { FailedDevices, TaskDetail, Trouble } from '../core/question/answer.ts';
import { shownTask } from '../core/question/shown-task.ts';
import { failedDevices } from '../core/task/tally.ts';
import type { Task } from '../core/task/task.ts';
import type { WatchedTask } from '../core/task/watched-task.ts';
import { OperationalError } from '../lib/operational-error.ts';
import { TaskNotFoundError } from '../platform/errors.ts';
import { readResultsOfTask, writeDeviceResults } from '../store/task/device-results.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import { mirrorFreshness } from './ask-list.ts';
import { askLive, troubleOf } from './live.ts';
import type { AskParts } from './parts.ts';

/** Failed devices requested with a task's detail. */
const FAILURES = 10;
/** Maximum wait for a task that is not in the mirror, in milliseconds. */
const LONGEST_WAIT = 8_000;

export type TaskAnswer =
  | { readonly kind: 'found'; readonly detail: TaskDetail }
  /** Neither the platform nor the mirror knows the task. */
  | { readonly kind: 'unknown'; readonly trouble: Trouble }
  | { readonly kind: 'no-answer'; readonly trouble: Trouble };

/** Everything about one task, with its first failed devices. If the platform does not answer, the mirror does. */
export async function askTask(parts: AskParts, operationId: string): Promise<TaskAnswer> {
  const remembered = (await readWatchedTasks(parts.db, [operationId])).get(operationId);
  try {
    const live = await askLive(
      async (signal) => {
        const options = { priority: 'interactive', person: parts.person, signal } as const;
        const task = await parts.platform.getTask(operationId, options);
        return { task: shownTask(task, remembered), failed: await readFailed(parts, task, signal) };
      },
      (error) => error instanceof TaskNotFoundError,
      // Without a mirrored copy there is no fallback, so a longer wait is worth it.
      remembered ? undefined : LONGEST_WAIT,
    );
    if (live.kind === 'answer') {
      return { kind: 'found', detail: { ...live.result, freshness: { kind: 'live' } } };
    }
    if (!remembered) return { kind: 'no-answer', trouble: live.because };
    return { kind: 'found', detail: await fromMirror(parts, remembered, live.because) };
  } catch (error) {
    if (!(error instanceof TaskNotFoundError)) throw error;
    if (!remembered) return { kind: 'unknown', trouble: troubleOf(error) };
    const gone = {
      message: 'The platform no longer knows this task.',
      advice: 'This is what was last seen of it.',
    };
    return { kind: 'found', detail: await fromMirror(parts, remembered, gone) };
  }
}

async function fromMirror({ db }: AskParts, watched: WatchedTask, because: Trouble): Promise<TaskDetail> {
  const { task } = watched;
  const failed: Trouble = {
    message: 'The devices cannot be read now.',
    advice: 'Ask again once the platform answers.',
  };
  const nothingFailed = failedDevices(task.tally) === 0;
  const read = await readResultsOfTask(db, task.operationId, {
    status: 'failed',
    offset: 0,
    limit: FAILURES,
  });
  const known = nothingFailed || read.total > 0;
  return {
    task: { ...task, standing: standingAlarms(watched) },
    failed: known
      ? { results: read.results, total: Math.max(read.total, failedDevices(task.tally) ?? 0) }
      : failed,
    freshness: await mirrorFreshness({ db }, because),
  };
}

/** Returns expected errors: the task itself is worth showing even if its devices cannot be read. */
async function readFailed(
  { db, platform, now, person }: AskParts,
  task: Task,
  signal: AbortSignal,
): Promise<FailedDevices | Trouble> {
  if (failedDevices(task.tally) === 0 && task.status !== 'failed') return { results: [], total: 0 };
  try {
    const page = await platform.listDeviceResults(
      task.operationId,
      { status: 'failed', pageNo: 0, pageSize: FAILURES },
      { priority: 'interactive', person, signal },
    );
    await writeDeviceResults(db, task.operationId, page.items, now());
    return { results: page.items, total: page.total };
  } catch (error) {
    if (signal.aborted && error instanceof OperationalError) {
      return { message: 'The devices were not read: the platform is slow.', advice: 'Ask again in a while.' };
    }
    return troubleOf(error);
  }
}
