import type { Config } from '../../config/config.ts';
import { cronRuns } from '../../lib/cron.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Instant } from '../../lib/instant.ts';
import type { CheckLine } from './check-line.ts';

/** Shows the next poll and sweep, so that a mistake in a schedule is noticed now, not after a night. */
export function checkSchedule({ watch }: Pick<Config, 'watch'>, now: Instant): CheckLine {
  const poll = inWords(watch.pollSchedule, now);
  const sweep = inWords(watch.sweepSchedule, now);
  return { ok: true, text: `schedule: next poll ${poll}; next sweep ${sweep}` };
}

function inWords(schedule: string, now: Instant): string {
  const next = cronRuns(schedule);
  const first = next(now);
  const moment = new Date(first).toISOString().slice(0, 19).replace('T', ' ');
  return `${moment} UTC, then after ${formatDuration(next(first) - first)}`;
}
