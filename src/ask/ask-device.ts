import { MAX_PAGE_SIZE } from '../core/filter/filter.ts';
import type { DeviceDetail, TaskList, Trouble } from '../core/question/answer.ts';
import { type ShownTask, shownTask } from '../core/question/shown-task.ts';
import type { Device, Task } from '../core/task/task.ts';
import { DeviceNotFoundError } from '../platform/errors.ts';
import { readResultsOfDevice } from '../store/task/device-results.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import { askList } from './ask-list.ts';
import { deviceOutcomes } from './device-outcomes.ts';
import { askLive, type Live, troubleOf } from './live.ts';
import type { AskParts } from './parts.ts';

/**
 * A device as the platform shows it, with every task aimed at it and what that task did to the device. Each part
 * is shown even if another one is missing.
 */
export async function askDevice(parts: AskParts, deviceId: string): Promise<DeviceDetail> {
  const [device, list] = await Promise.all([readDevice(parts, deviceId), listTasks(parts, deviceId)]);
  const tasks = newestFirst([...list.tasks, ...(await indexedTasks(parts, deviceId, list.tasks))]);
  return {
    deviceId,
    ...device,
    tasks: await deviceOutcomes(parts, deviceId, tasks, list.freshness.kind === 'live'),
    total: Math.max(tasks.length, list.total ?? 0),
    freshness: list.freshness,
  };
}

async function listTasks(parts: AskParts, deviceId: string): Promise<TaskList> {
  const term = { field: 'device', values: [deviceId], not: false } as const;
  const request = { terms: [term], sort: null, page: 1, size: MAX_PAGE_SIZE, private: false };
  // The request has no time term, so the zone does not matter.
  return await askList(parts, request, 'UTC');
}

/** Tasks aimed at a group of the device: the platform may not list them by device, but their results name it. */
async function indexedTasks(
  { db }: AskParts,
  deviceId: string,
  listed: readonly Task[],
): Promise<readonly ShownTask[]> {
  const known = new Set(listed.map(({ operationId }) => operationId));
  const ids = [...(await readResultsOfDevice(db, deviceId)).keys()].filter((id) => !known.has(id));
  return [...(await readWatchedTasks(db, ids)).values()].map((watched) => shownTask(watched.task, watched));
}

function newestFirst(tasks: readonly ShownTask[]): readonly ShownTask[] {
  return tasks.toSorted((one, other) => (other.createTime ?? 0) - (one.createTime ?? 0));
}

async function readDevice(
  { platform, person }: AskParts,
  deviceId: string,
): Promise<{ readonly device: Device | null; readonly trouble: Trouble | null; readonly known: boolean }> {
  try {
    const live: Live<Device> = await askLive(
      (signal) => platform.getDevice(deviceId, { priority: 'interactive', person, signal }),
      (error) => error instanceof DeviceNotFoundError,
    );
    if (live.kind === 'answer') return { device: live.result, trouble: null, known: true };
    return { device: null, trouble: live.because, known: true };
  } catch (error) {
    if (!(error instanceof DeviceNotFoundError)) throw error;
    return { device: null, trouble: troubleOf(error), known: false };
  }
}
