import type { Behaviour } from '../behaviour.ts';
import type { SimulatedDevice } from '../fleet/devices.ts';
import { overlaid } from '../fleet/json-patch.ts';
import type { JsonPatch } from '../fleet/simulated-task.ts';
import type { WireJson } from './answers.ts';
import { wireTime } from './wire-time.ts';

/** The device as the look-up call writes it: explicit nulls, `isHD` (undocumented, but seen) included. */
export function wireDevice(device: SimulatedDevice, overlay: JsonPatch, behaviour: Behaviour): WireJson {
  const time = (instant: number | null) => wireTime(instant, behaviour.timesAs);
  const json: WireJson = {
    deviceId: device.deviceId,
    gatewayId: device.gatewayId,
    nodeType: device.nodeType,
    createTime: time(device.createTime),
    lastModifiedTime: time(device.lastModifiedTime),
    deviceInfo: {
      nodeId: device.nodeId,
      name: device.name,
      description: null,
      manufacturerId: null,
      manufacturerName: device.manufacturerName,
      mac: null,
      location: null,
      deviceType: device.deviceType,
      model: device.model,
      swVersion: device.swVersion,
      fwVersion: device.fwVersion,
      hwVersion: device.hwVersion,
      protocolType: device.model === null ? null : 'LWM2M',
      bridgeId: null,
      status: device.status,
      statusDetail: device.statusDetail,
      mute: device.model === null ? null : 'FALSE',
      supportedSecurity: null,
      isSecurity: null,
      signalStrength: device.signalStrength,
      sigVersion: null,
      serialNumber: null,
      batteryLevel: device.batteryLevel,
      isHD: null,
    },
    services: servicesOf(device, time),
    alarmInfo: null,
  };
  return overlaid(json, overlay);
}

/** Two services, the second one the newer, so that "the newest" has to be looked for. */
function servicesOf(device: SimulatedDevice, time: (at: number | null) => string | null): WireJson {
  if (device.lastReportTime === null) return null;
  return [
    {
      serviceId: 'Battery',
      serviceType: 'Battery',
      data: { batteryLevel: device.batteryLevel },
      eventTime: time(device.lastReportTime - 3_600_000),
      serviceInfo: null,
    },
    {
      serviceId: 'Connectivity',
      serviceType: 'Connectivity',
      data: { signalStrength: device.signalStrength },
      eventTime: time(device.lastReportTime),
      serviceInfo: null,
    },
  ];
}
