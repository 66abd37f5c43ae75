import type { DeviceResult } from '../../../core/task/task.ts';
import { deviceStatus } from '../platform-words.ts';
import type { JsonObject } from '../read-body.ts';
import { FieldReader } from './read-fields.ts';

/**
 * Reads what a task did to one device; null when it names no device. `onUnreadable` is told what made no sense.
 *
 * Platform facts: members as in iot_06_0081 and iot_06_2487; `detailInfo` and `extendInfo` are known from the SDKs only.
 */
export function readDeviceResult(row: JsonObject, onUnreadable: (what: string) => void): DeviceResult | null {
  const unreadable: string[] = [];
  const fields = new FieldReader(row, (path) => unreadable.push(path));
  const deviceId = fields.word('deviceId');
  if (deviceId === null) return null;
  const statusWord = fields.word('status');
  const result: DeviceResult = {
    subOperationId: fields.text('subOperationId'),
    deviceId,
    status: deviceStatus(statusWord),
    statusWord,
    createTime: fields.time('createTime'),
    startTime: fields.time('startTime'),
    stopTime: fields.time('stopTime'),
    detailInfo: fields.text('detailInfo'),
    extendInfo: fields.opaque('extendInfo'),
  };
  if (unreadable.length > 0) onUnreadable(`result of device ${deviceId}: ${unreadable.join(', ')}`);
  return result;
}
