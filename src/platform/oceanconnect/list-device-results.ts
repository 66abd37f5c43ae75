import type { DeviceResult } from '../../core/task/task.ts';
import type { CallOptions, DeviceResultQuery, Page } from '../port.ts';
import { askPage } from './ask-page.ts';
import type { CallParts } from './call-parts.ts';
import { idInPath } from './id-in-path.ts';
import { DEVICE_WORDS } from './platform-words.ts';
import { readDeviceResult } from './read/read-device-result.ts';
import type { JsonObject } from './read-body.ts';

/**
 * One page of what a task did to each device. `pageNo` counts from 0.
 *
 * Platform facts: iot_06_0081. No filter by device exists.
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
