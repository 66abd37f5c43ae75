import type { Trouble } from '../core/question/answer.ts';
import type { DevicePage, DevicesQuestion } from '../core/question/detail-answer.ts';
import type { DeviceResult, Task } from '../core/task/task.ts';
import { markDevicesRead, readResultsOfTask, writeDeviceResults } from '../store/task/device-results.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import { askLive } from './live.ts';
import type { AskParts } from './parts.ts';

/** Maximum wait if there are no stored results to fall back on, in milliseconds. */
const LONGEST_WAIT = 8_000;

export type DevicesAnswer =
  | { readonly kind: 'found'; readonly page: DevicePage }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly task: Task | null };

/**
 * One page of what a task did to each device, read live and stored for later lookups. If the platform does not
 * answer, the page comes from the stored results.
 */
export async function askDevices(parts: AskParts, question: DevicesQuestion): Promise<DevicesAnswer> {
  const { db, platform, person } = parts;
  const { operationId, filter, page, size } = question;
  const status = filter === 'all' ? null : filter;
  const task = (await readWatchedTasks(db, [operationId])).get(operationId)?.task ?? null;
  const remembered = await readResultsOfTask(db, operationId, {
    status,
    offset: (page - 1) * size,
    limit: size,
  });
  const live = await askLive(
    (signal) =>
      platform.listDeviceResults(
        operationId,
        { ...(status !== null && { status }), pageNo: page - 1, pageSize: size },
        { priority: 'interactive', person, signal },
      ),
    undefined,
    remembered.total > 0 ? undefined : LONGEST_WAIT,
  );
  if (live.kind === 'no-answer') {
    if (remembered.total === 0) return { kind: 'trouble', trouble: live.because, task };
    const { results, total, oldestSeenAt } = remembered;
    const freshness = { kind: 'mirror', asOf: oldestSeenAt, because: live.because } as const;
    return { kind: 'found', page: { question, task, results, total, more: page * size < total, freshness } };
  }
  const { items: results, received, total } = live.result;
  const more = total === null ? received >= size : page * size < total;
  await remember(parts, question, results, !more);
  return { kind: 'found', page: { question, task, results, total, more, freshness: { kind: 'live' } } };
}

async function remember(
  { db, now }: AskParts,
  { operationId, filter, page }: DevicesQuestion,
  results: readonly DeviceResult[],
  last: boolean,
): Promise<void> {
  await writeDeviceResults(db, operationId, results, now());
  // Pages read at different times may miss a device that moved between them, so only a result that fits on one
  // page counts as complete.
  if (page !== 1 || !last || (filter !== 'all' && filter !== 'failed')) return;
  await markDevicesRead(db, operationId, filter, now());
}
