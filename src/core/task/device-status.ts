/** Which devices of a task are asked for. */
export const DEVICE_FILTERS = ['all', 'failed', 'succeeded', 'running', 'waiting', 'stopped'] as const;
export type DeviceFilter = (typeof DEVICE_FILTERS)[number];
