import { finishedDevices } from './tally.ts';
import type { Task } from './task.ts';

/** No upgrade is downloaded, written and started anew in less time. Milliseconds. */
const QUICKEST = 60_000;

/**
 * How long a task ran that ended too soon to have upgraded anything, in milliseconds; null for any other. A task ends at
 * once where the version was installed already or no device was reached, and looks like a success. One that somebody
 * stopped says itself why it ended; one without devices had nothing to do.
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
