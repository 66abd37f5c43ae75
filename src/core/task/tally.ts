import type { Tally } from './task.ts';

/** The seven counters in display order. */
export const COUNTERS = [
  'total',
  'waiting',
  'running',
  'succeeded',
  'failed',
  'stopped',
  'timedOut',
] as const satisfies readonly (keyof Tally)[];
export type Counter = (typeof COUNTERS)[number];

export const NO_TALLY: Tally = {
  total: null,
  waiting: null,
  running: null,
  succeeded: null,
  failed: null,
  stopped: null,
  timedOut: null,
};

/**
 * Devices that failed: failed + timed out, capped at total. Whether the platform also counts time-outs as failed
 * is undocumented; the cap keeps the sum plausible. Null when neither counter is known.
 */
export function failedDevices(tally: Tally): number | null {
  if (tally.failed === null && tally.timedOut === null) return null;
  const sum = (tally.failed ?? 0) + (tally.timedOut ?? 0);
  return tally.total === null ? sum : Math.min(sum, tally.total);
}

/**
 * Devices that are finished, with any outcome: succeeded + failed + stopped, capped at total. Null when none is
 * known.
 */
export function finishedDevices(tally: Tally): number | null {
  const failed = failedDevices(tally);
  if (failed === null && tally.succeeded === null && tally.stopped === null) return null;
  const sum = (failed ?? 0) + (tally.succeeded ?? 0) + (tally.stopped ?? 0);
  return tally.total === null ? sum : Math.min(sum, tally.total);
}

/**
 * Devices the task has processed: succeeded + failed, capped at total. Stopped ones do not count. Null when none
 * is known.
 */
export function doneDevices(tally: Tally): number | null {
  const failed = failedDevices(tally);
  if (failed === null && tally.succeeded === null) return null;
  const sum = (failed ?? 0) + (tally.succeeded ?? 0);
  return tally.total === null ? sum : Math.min(sum, tally.total);
}

/** Share of the devices done, 0 to 1. Null when the total is unknown or zero. */
export function progress(tally: Tally): number | null {
  const done = doneDevices(tally);
  if (done === null || tally.total === null || tally.total <= 0) return null;
  return done / tally.total;
}

/** Whether all seven counters are equal. */
export function sameTally(one: Tally, other: Tally): boolean {
  return COUNTERS.every((counter) => one[counter] === other[counter]);
}
