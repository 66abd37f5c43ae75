import type { DeviceTask } from '../core/question/answer.ts';
import { failedDevices } from '../core/task/tally.ts';
import type { Task } from '../core/task/task.ts';
import { isActive, type WatchedTask } from '../core/task/watched-task.ts';
import type { Instant } from '../lib/instant.ts';
import {
  type DeviceReading,
  type KnownResult,
  markDevicesRead,
  readDeviceReadings,
  readResultsOfDevice,
  writeDeviceResults,
} from '../store/task/device-results.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import { askLive } from './live.ts';
import type { AskParts } from './parts.ts';

/** The newest tasks, whose missing outcomes are read now; older tasks only use stored results. */
const LOOKED_AT = 10;
/** Maximum calls for results per lookup, beyond those for the device and its tasks. */
const CALLS = 5;
const PAGE_SIZE = 100;

/**
 * What each task did to a device. The platform cannot filter results by device, so they come from stored results.
 * Small gaps for the newest tasks are filled now, within `CALLS` and `PATIENCE`. Anything still unknown is
 * reported as not read.
 */
export async function deviceOutcomes(
  parts: AskParts,
  deviceId: string,
  tasks: readonly Task[],
  live: boolean,
): Promise<readonly DeviceTask[]> {
  const before = await readIndex(parts, deviceId, tasks);
  const gaps = tasks.slice(0, LOOKED_AT).filter((task) => before.outcome(task).kind === 'not-read');
  if (!live || gaps.length === 0) return tasks.map((task) => ({ task, outcome: before.outcome(task) }));
  await askLive((signal) => fillGaps(parts, deviceId, gaps, signal));
  const after = await readIndex(parts, deviceId, tasks);
  return tasks.map((task) => ({ task, outcome: after.outcome(task) }));
}

async function readIndex({ db }: AskParts, deviceId: string, tasks: readonly Task[]) {
  const results = await readResultsOfDevice(db, deviceId);
  const ids = tasks.map(({ operationId }) => operationId);
  const readings = await readDeviceReadings(db, ids);
  const watched = await readWatchedTasks(db, ids);
  return {
    outcome: (task: Task) => {
      const { operationId } = task;
      const final = (at: Instant) => isFinal(task, watched.get(operationId), at);
      return outcomeOf(task, results.get(operationId), readings.get(operationId), final);
    },
  };
}

/** Whether results read at a moment still hold: while a task runs they change, until each device has ended. */
function isFinal(task: Task, watched: WatchedTask | undefined, at: Instant): boolean {
  if (isActive(task.status)) return false;
  if (watched === undefined) return true;
  return !isActive(watched.task.status) && at >= watched.movedAt;
}

function outcomeOf(
  task: Task,
  known: KnownResult | undefined,
  reading: DeviceReading | undefined,
  final: (at: Instant) => boolean,
): DeviceTask['outcome'] {
  const settled = known && (final(known.seenAt) || !isActive(known.result.status));
  if (known && settled) return { kind: 'read', result: known.result, seenAt: known.seenAt };
  const failedReadAt = reading?.failedReadAt ?? null;
  const allFailedRead = failedReadAt !== null && final(failedReadAt);
  if (!isActive(task.status) && (allFailedRead || failedDevices(task.tally) === 0)) {
    return { kind: 'not-failed' };
  }
  return { kind: 'not-read' };
}

/** Reads result pages until the calls run out: for each task, the pages most likely to have this device. */
async function fillGaps(
  { platform, db, now, person }: AskParts,
  deviceId: string,
  tasks: readonly Task[],
  signal: AbortSignal,
): Promise<void> {
  let calls = CALLS;
  for (const task of tasks) {
    // One page holds all devices of a small task; in a large ended one only the failed devices are worth finding.
    const small = (task.tally.total ?? Number.POSITIVE_INFINITY) <= PAGE_SIZE;
    const which = small || isActive(task.status) ? 'all' : 'failed';
    for (let pageNo = 0; calls > 0; pageNo += 1) {
      calls -= 1;
      const page = await platform.listDeviceResults(
        task.operationId,
        { ...(which === 'failed' && { status: 'failed' as const }), pageNo, pageSize: PAGE_SIZE },
        { priority: 'interactive', person, signal },
      );
      await writeDeviceResults(db, task.operationId, page.items, now());
      const last = page.received < PAGE_SIZE;
      if (last) await markDevicesRead(db, task.operationId, which, now());
      if (last || page.items.some((result) => result.deviceId === deviceId)) break;
    }
  }
}
