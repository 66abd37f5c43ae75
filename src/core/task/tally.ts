import type { Tally } from './task.ts';

/** The seven counters in the platform's order. */
export const COUNTERS = ['total', 'wait', 'processing', 'success', 'fail', 'stop', 'timeout'] as const;
export type Counter = (typeof COUNTERS)[number];

export const NO_TALLY: Tally = {
  total: null,
  wait: null,
  processing: null,
  success: null,
  fail: null,
  stop: null,
  timeout: null,
};

/**
 * Devices that failed: fail + timeout, at most total. Whether the platform counts time-outs inside `fail` as well is
 * undocumented; the cap keeps the sum believable. Null when neither counter is known.
 */
export function failedDevices(tally: Tally): number | null {
  if (tally.fail === null && tally.timeout === null) return null;
  const sum = (tally.fail ?? 0) + (tally.timeout ?? 0);
  return tally.total === null ? sum : Math.min(sum, tally.total);
}

/** Devices that are through, well or badly: success + failed + stop, at most total. Null when none of them is known. */
export function finishedDevices(tally: Tally): number | null {
  const failed = failedDevices(tally);
  if (failed === null && tally.success === null && tally.stop === null) return null;
  const sum = (failed ?? 0) + (tally.success ?? 0) + (tally.stop ?? 0);
  return tally.total === null ? sum : Math.min(sum, tally.total);
}

/** Devices the task has dealt with: success + failed, at most total. A stopped device was not. Null when none is known. */
export function doneDevices(tally: Tally): number | null {
  const failed = failedDevices(tally);
  if (failed === null && tally.success === null) return null;
  const sum = (failed ?? 0) + (tally.success ?? 0);
  return tally.total === null ? sum : Math.min(sum, tally.total);
}

/** Share of the devices done in all, 0 to 1. Null when the total is unknown or zero. */
export function progress(tally: Tally): number | null {
  const done = doneDevices(tally);
  if (done === null || tally.total === null || tally.total <= 0) return null;
  return done / tally.total;
}

/** Whether no counter differs. */
export function sameTally(one: Tally, other: Tally): boolean {
  return COUNTERS.every((counter) => one[counter] === other[counter]);
}
