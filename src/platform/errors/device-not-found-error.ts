import { OperationalError } from '../../lib/operational-error.ts';

/** Codes 100403 (no such device) and 100418 (no data: a wrong id, or a device of another application). */
export class DeviceNotFoundError extends OperationalError {
  readonly deviceId: string | null;

  constructor(deviceId: string | null, platformCode: string) {
    super(
      `The platform shows this application no device ${deviceId ?? 'for this question'} (${platformCode}).`,
      {
        code: 'device-not-found',
        advice: 'Check the device id. Devices of another application are visible only after authorization.',
        repeat: 'refused',
      },
    );
    this.deviceId = deviceId;
  }
}
