import type { Config } from '../../config.ts';
import { formatDuration } from '../../core/duration.ts';
import { nextRuns } from '../next-runs.ts';
import type { CheckLine } from './check-line.ts';

/** When the bot will look next, so that a schedule that means something else than meant is seen before a night is over. */
export function checkSchedule({ watch }: Pick<Config, 'watch'>): CheckLine {
  const poll = inWords(watch.pollSchedule);
  const sweep = inWords(watch.sweepSchedule);
  return { ok: true, text: `schedule: next poll ${poll}; next sweep ${sweep}` };
}

function inWords(schedule: string): string {
  const [first, second] = nextRuns(schedule);
  if (first === undefined) return 'never';
  const every = second === undefined ? '' : `, then after ${formatDuration(second - first)}`;
  return `${new Date(first).toISOString().slice(0, 19).replace('T', ' ')} UTC${every}`;
}
