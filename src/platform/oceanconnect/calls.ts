import { isSafeId } from '../../core/task/ids.ts';
import type { Device, DeviceResult, Task } from '../../core/task/task.ts';
import { UnreadableTaskError, UnsafeIdError } from '../errors.ts';
import type { CallOptions, DeviceResultQuery, Page, TaskQuery } from '../port.ts';
import type { Transport } from '../transport/transport.ts';
import { unreadableAnswer } from '../transport/unreadable-answer.ts';
import { askPage } from './ask-page.ts';
import { DEVICE_WORDS, TASK_WORDS, TYPE_WORDS } from './platform-words.ts';
import { readDevice, readDeviceResult } from './read/read-device.ts';
import { readTask, unreadableOfTask } from './read/read-task.ts';
import type { JsonObject } from './read-body.ts';

/** What every call needs. */
export interface CallParts {
  /** Adds the token, and repeats the call once if the token had to be renewed. */
  readonly send: Transport;
  /** Receives a description of any part of an answer that could not be read. */
  readonly onUnreadable: (what: string) => void;
}

/**
 * The id, encoded for a path. Throws an UnsafeIdError, before any call, if it could change the rest of the
 * path.
 */
function idInPath(id: string, what: 'task' | 'device'): string {
  if (!isSafeId(id)) throw new UnsafeIdError(what);
  return encodeURIComponent(id);
}

/**
 * One page of the upgrade tasks that match the query. `pageNo` counts from 0.
 *
 * Platform facts: iot_06_0082. Omitting `pageNo` is documented as page 0 and as "not paged", so we always send it.
 */
export async function listTasks(
  parts: CallParts,
  query: TaskQuery,
  options: CallOptions,
): Promise<Page<Task>> {
  const { type, status, ...rest } = query;
  const request = {
    call: 'listTasks',
    path: 'iodm/northbound/v1.5.0/operations',
    query: {
      ...rest,
      operationType: type && TYPE_WORDS[type],
      operationStatus: status && TASK_WORDS[status],
    },
  } as const;
  const asked = { what: 'task list', pageNo: query.pageNo, pageSize: query.pageSize };
  const page = await askPage(parts, request, asked, readTask, options);
  for (const task of page.items) {
    const unreadable = unreadableOfTask(task);
    if (unreadable !== null) parts.onUnreadable(unreadable);
  }
  return page;
}

/**
 * One upgrade task. Throws a TaskNotFoundError if there is none, or an UnreadableTaskError if the answer is
 * not a task.
 *
 * Platform facts: iot_06_0080; the answer is the bare task without an envelope.
 */
export async function getTask(parts: CallParts, operationId: string, options: CallOptions): Promise<Task> {
  const path = `iodm/northbound/v1.5.0/operations/${idInPath(operationId, 'task')}`;
  const task = readTask(await parts.send({ call: 'getTask', path, id: operationId }, options));
  if (task === null) throw new UnreadableTaskError();
  const unreadable = unreadableOfTask(task);
  if (unreadable !== null) parts.onUnreadable(unreadable);
  return task;
}

/**
 * One page of a task's results per device. `pageNo` counts from 0.
 *
 * Platform facts: iot_06_0081. There is no filter by device.
 */
export async function listDeviceResults(
  parts: CallParts,
  operationId: string,
  query: DeviceResultQuery,
  options: CallOptions,
): Promise<Page<DeviceResult>> {
  const path = `iodm/northbound/v1.5.0/operations/${idInPath(operationId, 'task')}/subOperations`;
  const { pageNo, pageSize } = query;
  const request = {
    call: 'listDeviceResults',
    path,
    id: operationId,
    query: { subOperationStatus: query.status && DEVICE_WORDS[query.status], pageNo, pageSize },
  } as const;
  const asked = { what: `device results of task ${operationId}`, pageNo, pageSize };
  const readRow = (row: JsonObject) => readDeviceResult(row, parts.onUnreadable);
  return askPage(parts, request, asked, readRow, options);
}

/**
 * One device. Throws a DeviceNotFoundError if the application cannot see a device with this id.
 *
 * Platform facts: iot_06_0060. The query parameter `appId` is only for devices of another, authorizing
 * application, so it is omitted.
 */
export async function getDevice(parts: CallParts, deviceId: string, options: CallOptions): Promise<Device> {
  const path = `iocm/app/dm/v1.4.0/devices/${idInPath(deviceId, 'device')}`;
  const answer = await parts.send({ call: 'getDevice', path, id: deviceId }, options);
  const device = readDevice(answer, parts.onUnreadable);
  if (device === null) {
    throw unreadableAnswer('it is no device', 'If it lasts, tell the platform operator.');
  }
  return device;
}
