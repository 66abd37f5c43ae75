/** Which devices of a task are asked for. */
export const DEVICE_FILTERS = ['all', 'failed', 'succeeded', 'running', 'waiting', 'stopped'] as const;
export type DeviceFilter = (typeof DEVICE_FILTERS)[number];

const WORDS: Readonly<Record<Exclude<DeviceFilter, 'all'>, string>> = {
  failed: 'fail',
  succeeded: 'success',
  running: 'processing',
  waiting: 'wait',
  stopped: 'stop',
};

/** The platform's word for it (iot_06_0081: `fail` of a device, where a task is `failed`); null means all. */
export function deviceStatusOf(filter: DeviceFilter): string | null {
  return filter === 'all' ? null : WORDS[filter];
}
