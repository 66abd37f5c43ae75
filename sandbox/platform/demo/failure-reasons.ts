/** Why a device's upgrade fails, as the platform words it or as its pages describe it. */
export const FAILURE_REASONS = [
  'Device Abnormal is not online',
  'Task Conflict',
  'The task failed to start, unable to find protocol service',
  'Package integrity check failed',
  'Unsupported package type',
  'Not enough storage for the package',
  'Out of memory',
  'Connection lost while downloading',
  'Invalid URI',
  'Firmware update failed',
] as const;

/** Why a device's upgrade ends by a timeout. */
export const TIMEOUT_REASONS = [
  'Waiting for device downloaded package timeout',
  'Waiting for device online timeout',
  'Waiting for cell id timeout',
  'Waiting for firmware version timeout',
  'Waiting for upgrade result timeout',
  'Waiting for upgrade result and version check timeout',
] as const;
