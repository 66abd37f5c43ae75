import { suspiciouslyFast } from '../../core/task/suspiciously-fast.ts';
import type { Task } from '../../core/task/task.ts';
import { formatDuration } from '../../lib/duration.ts';

/** Said of a task that ended too soon to have upgraded anything; empty for any other. */
export function fastLine(ended: Pick<Task, 'status' | 'tally' | 'startTime' | 'stopTime'>): string {
  const ran = suspiciouslyFast(ended);
  if (ran === null) return '';
  return `Ended after ${formatDuration(ran)}, suspiciously fast: perhaps the version was installed already, or no device was reached.`;
}
