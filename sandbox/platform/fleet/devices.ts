import type { Device, Json } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import type { DeviceRow } from './device-rows.ts';
import { patched } from './json-patch.ts';
import type { JsonPatch } from './simulated-task.ts';
import type { TaskRecord } from './task-record.ts';

/** One device of the simulated platform. */
export interface SimulatedDevice extends Device {
  readonly groups: readonly string[];
  /** Belongs to another application: the look-up answers 100418. */
  readonly foreign: boolean;
}

/** What a new device may say of itself: by default a water meter in good health, in no group. */
export type NewDevice = Partial<SimulatedDevice> & {
  /** Before first contact: every member of `deviceInfo` is null but `nodeId`, `status` and `statusDetail`. */
  readonly neverSeen?: boolean;
};

interface DeviceRecord {
  device: SimulatedDevice;
  overlay: JsonPatch;
}

/** The devices the platform can look up, and the groups they are in. */
export class Devices {
  readonly #records = new Map<string, DeviceRecord>();
  readonly #groups = new Map<string, string[]>();

  add(device: SimulatedDevice): SimulatedDevice {
    this.#records.set(device.deviceId, { device, overlay: {} });
    for (const group of device.groups) {
      const members = this.#groups.get(group) ?? [];
      this.#groups.set(group, members);
      if (!members.includes(device.deviceId)) members.push(device.deviceId);
    }
    return device;
  }

  find(deviceId: string): SimulatedDevice | undefined {
    return this.#records.get(deviceId)?.device;
  }

  overlayOf(deviceId: string): JsonPatch {
    return this.#records.get(deviceId)?.overlay ?? {};
  }

  all(): SimulatedDevice[] {
    return [...this.#records.values()].map((record) => record.device);
  }

  change(deviceId: string, patch: Partial<Omit<SimulatedDevice, 'deviceId' | 'groups'>>): void {
    const record = this.#get(deviceId);
    record.device = { ...record.device, ...patch };
  }

  /** Lays members over the JSON as sent. */
  raw(deviceId: string, patch: JsonPatch): void {
    const record = this.#get(deviceId);
    record.overlay = patched(record.overlay, patch);
  }

  remove(deviceId: string): void {
    this.#records.delete(deviceId);
    for (const [group, members] of this.#groups) {
      this.#groups.set(
        group,
        members.filter((member) => member !== deviceId),
      );
    }
  }

  membersOfGroup(group: string): readonly string[] {
    return this.#groups.get(group) ?? [];
  }

  /** What an upgrade leaves visible on the device. */
  moved(task: TaskRecord, row: DeviceRow, at: Instant): void {
    const record = this.#records.get(row.deviceId);
    if (record === undefined) return;
    const firmware = task.type === 'firmware_upgrade';
    const version = versionIn(task.extendPara);
    const online = { status: 'ONLINE', statusDetail: 'NONE' };
    const away = { status: 'OFFLINE', statusDetail: 'COMMUNICATION_ERROR' };
    if (row.state === 'processing' && firmware) {
      record.device = { ...record.device, status: 'OFFLINE', statusDetail: 'FIRMWARE_UPDATING' };
    } else if (row.state === 'success') {
      const installed = version === null ? {} : firmware ? { fwVersion: version } : { swVersion: version };
      record.device = { ...record.device, ...online, ...installed, lastModifiedTime: at, lastReportTime: at };
    } else if (row.state !== 'wait' && row.state !== 'processing') {
      record.device = { ...record.device, ...(row.detailInfo?.includes('online') ? away : online) };
    }
  }

  #get(deviceId: string): DeviceRecord {
    const record = this.#records.get(deviceId);
    if (record === undefined) throw new Error(`No device ${deviceId} in the fleet.`);
    return record;
  }
}

/** Makes a device out of what is said of it and the defaults. */
export function newDevice(device: NewDevice, deviceId: string, now: Instant): SimulatedDevice {
  const { neverSeen, ...given } = device;
  const base = {
    deviceId,
    gatewayId: deviceId,
    nodeType: 'GATEWAY',
    createTime: now,
    lastModifiedTime: now,
    nodeId: `86${deviceId.replace(/\D/g, '').slice(-13).padStart(13, '0')}`,
    groups: [],
    foreign: false,
  };
  if (neverSeen === true) return { ...base, ...UNSEEN, ...given };
  return { ...base, ...SEEN, lastReportTime: now, ...given };
}

const UNSEEN = {
  lastReportTime: null,
  name: null,
  status: 'OFFLINE',
  statusDetail: 'NOT_ACTIVE',
  manufacturerName: null,
  deviceType: null,
  model: null,
  swVersion: null,
  fwVersion: null,
  hwVersion: null,
  batteryLevel: null,
  signalStrength: null,
};
const SEEN = {
  name: 'Water meter',
  status: 'ONLINE',
  statusDetail: 'NONE',
  manufacturerName: 'ExampleCo',
  deviceType: 'WaterMeter',
  model: 'WM20',
  swVersion: '1.0',
  fwVersion: '2.0',
  hwVersion: 'A',
  batteryLevel: '88',
  signalStrength: '-71',
};

function versionIn(extendPara: { readonly [key: string]: Json } | null): string | null {
  const version = extendPara?.version;
  return typeof version === 'string' ? version : null;
}
