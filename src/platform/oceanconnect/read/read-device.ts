import type { Device, DeviceResult } from '../../../core/task/task.ts';
import type { Instant } from '../../../lib/instant.ts';
import { deviceStatus } from '../platform-words.ts';
import { isObject, type JsonObject } from '../read-body.ts';
import { FieldReader } from './read-fields.ts';

/**
 * Reads one device; null if the answer has no device id. On new devices almost every member is null.
 *
 * Platform facts: iot_06_0060. There is no "last seen"; the newest `services[].eventTime` comes closest.
 */
export function readDevice(answer: JsonObject, onUnreadable: (what: string) => void): Device | null {
  const unreadable: string[] = [];
  const report = (path: string) => unreadable.push(path);
  const fields = new FieldReader(answer, report);
  const deviceId = fields.word('deviceId');
  if (deviceId === null) return null;
  const info = fields.within('deviceInfo');
  const device: Device = {
    deviceId,
    gatewayId: fields.text('gatewayId'),
    nodeType: fields.text('nodeType'),
    createTime: fields.time('createTime'),
    lastModifiedTime: fields.time('lastModifiedTime'),
    lastReportTime: newestEvent(answer.services, report),
    nodeId: info.text('nodeId'),
    name: info.text('name'),
    status: info.text('status'),
    statusDetail: info.text('statusDetail'),
    manufacturerName: info.text('manufacturerName'),
    deviceType: info.text('deviceType'),
    model: info.text('model'),
    swVersion: info.text('swVersion'),
    fwVersion: info.text('fwVersion'),
    hwVersion: info.text('hwVersion'),
    batteryLevel: info.text('batteryLevel'),
    signalStrength: info.text('signalStrength'),
  };
  if (unreadable.length > 0) onUnreadable(`device ${deviceId}: ${unreadable.join(', ')}`);
  return device;
}

function newestEvent(services: unknown, report: (path: string) => void): Instant | null {
  if (services === undefined || services === null) return null;
  if (!Array.isArray(services)) {
    report('services');
    return null;
  }
  let newest: Instant | null = null;
  for (const [index, service] of services.entries()) {
    if (!isObject(service)) continue;
    const time = new FieldReader(service, report, `services[${index}].`).time('eventTime');
    if (time !== null && (newest === null || time > newest)) newest = time;
  }
  return newest;
}

/**
 * Reads a task's result for one device; null without a device id. `onUnreadable` receives unreadable members.
 *
 * Platform facts: members as in iot_06_0081 and iot_06_2487. `detailInfo` and `extendInfo` are known only
 * from the SDKs.
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
