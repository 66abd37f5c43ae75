import { pino } from 'pino';
import { cronRuns } from '../../src/lib/cron.ts';
import { createTimekeeper } from '../../src/lib/timekeeper.ts';
import { createDrivenClock } from './driven-clock.ts';

/**
 * Run by timekeeper.test.ts as a process of its own, since only there the zone can be changed. For each line of
 * `zone moment moment …` it keeps a schedule of every ten minutes for six hours around each moment, in that zone, and writes
 * when it ran, as JSON.
 */
const HOUR = 3_600_000;

async function runsAround(change: number): Promise<readonly number[]> {
  const clock = createDrivenClock(change - 3 * HOUR);
  const timekeeper = createTimekeeper(clock, pino({ level: 'silent' }));
  const ran: number[] = [];
  timekeeper.schedule('test', cronRuns('*/10 * * * *'), () => ran.push(clock.now()));
  await clock.pass(6 * HOUR);
  timekeeper.stop();
  return ran;
}

for (const line of process.argv.slice(2)) {
  const [zone, ...changes] = line.split(' ');
  process.env.TZ = zone;
  const runs: (readonly number[])[] = [];
  for (const change of changes) runs.push(await runsAround(Date.parse(change)));
  console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, runs }));
}
