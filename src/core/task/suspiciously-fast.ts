import { finishedDevices } from './tally.ts';
import type { Task } from './task.ts';

/** No upgrade can be downloaded, written and rebooted into faster than this. Milliseconds. */
const QUICKEST = 60_000;

/**
 * How long a task ran if it ended too soon to have upgraded anything, in milliseconds; null for any other. A task
 * ends at once if the version was already installed or no device was reached, and can look like a success. Stopped
 * tasks explain themselves; those without devices had nothing to do.
 */
export function suspiciouslyFast({
  status,
  tally,
  startTime,
  stopTime,
}: Pick<Task, 'status' | 'tally' | 'startTime' | 'stopTime'>): number | null {
  if (status !== 'failed' && status !== 'succeeded') return null;
  if (startTime === null || stopTime === null) return null;
  const devices = tally.total ?? finishedDevices(tally) ?? 0;
  const ran = stopTime - startTime;
  return devices > 0 && ran >= 0 && ran < QUICKEST ? ran : null;
}
