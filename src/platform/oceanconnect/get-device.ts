import type { Device } from '../../core/task/task.ts';
import type { CallOptions } from '../port.ts';
import { unreadableAnswer } from '../transport/unreadable-answer.ts';
import type { CallParts } from './call-parts.ts';
import { idInPath } from './id-in-path.ts';
import { readDevice } from './read/read-device.ts';

/**
 * One device; a DeviceNotFoundError when the application sees none with this id.
 *
 * Platform facts: iot_06_0060. The query parameter `appId` stays away: it is for devices of another, authorizing application.
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
