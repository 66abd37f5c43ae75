import { ok, WIRE_ERRORS, type WireError } from '../server/answers.ts';
import { wireDevice } from '../server/wire-device.ts';
import type { IncomingCall, World } from '../world.ts';
import type { CallAnswer } from './call-answer.ts';

/** GET devices/{deviceId}: the query's `appId` is for devices of another application, and none has granted any. */
export function getDevice(call: IncomingCall, world: World): CallAnswer {
  const { fleet, behaviour, appId } = world;
  const refuse = (error: WireError) => (behaviour.deviceErrorsUnder200 ? { ...error, status: 200 } : error);
  if ((call.query.get('appId') ?? appId) !== appId) return refuse(WIRE_ERRORS.notAuthorized);
  // Plans play when the fleet is read, and they show on the device.
  fleet.catchUp();
  const device = fleet.devices.find(call.id);
  if (device === undefined) return refuse(WIRE_ERRORS.noSuchDevice);
  if (device.foreign) return refuse(WIRE_ERRORS.foreignDevice);
  return ok(wireDevice(device, fleet.devices.overlayOf(call.id), behaviour));
}
