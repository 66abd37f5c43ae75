import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { cronRuns, every, type NextRun } from '../../src/lib/cron.ts';
import { createTimekeeper } from '../../src/lib/timekeeper.ts';
import { DAY, HOUR, MINUTE } from '../core/tasks.ts';
import { createDrivenClock } from './driven-clock.ts';

const SECOND = 1_000;
const START = Date.parse('2024-03-11T06:05:30Z');

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly milliseconds?: number;
}

/** A timekeeper with one schedule, and when that ran: by the time that passed, and by the clock. */
function keep(next: NextRun, work: () => unknown = () => undefined) {
  const clock = createDrivenClock(START);
  const lines: Line[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const timekeeper = createTimekeeper(clock, log);
  const passed: number[] = [];
  const shown: string[] = [];
  const stop = timekeeper.schedule('look', next, () => {
    passed.push(clock.monotonic());
    shown.push(new Date(clock.now()).toISOString().slice(0, 19));
    return work();
  });
  return { clock, timekeeper, lines, passed, shown, stop };
}

describe('a schedule of every minute', () => {
  test('runs at whole minutes of the clock', async () => {
    const { clock, shown } = keep(cronRuns('* * * * *'));
    await clock.pass(2 * MINUTE);
    expect(shown).toEqual(['2024-03-11T06:06:00', '2024-03-11T06:07:00']);
  });

  test.each([
    ['back by a day', -DAY],
    ['back by an hour', -HOUR],
    ['back by two seconds', -2 * SECOND],
    ['forward by two minutes', 2 * MINUTE],
    ['forward by eight hours', 8 * HOUR],
    ['forward by thirty days', 30 * DAY],
  ])('runs within five seconds of a clock that is set %s, and goes on every minute', async (_name, step) => {
    const { clock, passed, lines } = keep(cronRuns('* * * * *'));
    await clock.pass(10 * MINUTE);
    const before = passed.length;
    const set = clock.monotonic();
    clock.set(step);
    await clock.pass(10 * MINUTE);
    const after = passed.slice(before).map((moment) => moment - set);
    expect(after[0]).toBeLessThanOrEqual(5 * SECOND);
    // Once for the step, however many minutes it passed over, and then once a minute.
    expect(after).toHaveLength(11);
    for (const [index, moment] of after.slice(1).entries())
      expect(moment - (after[index] ?? 0)).toBeLessThanOrEqual(MINUTE);
    expect(lines.filter(({ level }) => level >= 40)).toEqual([
      expect.objectContaining({
        milliseconds: step,
        msg: expect.stringContaining(step > 0 ? 'set forward' : 'set back'),
      }),
    ]);
  });

  test('says how long ago the clock was set', async () => {
    const { clock, timekeeper } = keep(cronRuns('* * * * *'));
    await clock.pass(HOUR);
    expect(timekeeper.sinceStep()).toBe(Number.POSITIVE_INFINITY);
    clock.set(-HOUR);
    await clock.pass(10 * SECOND);
    expect(timekeeper.sinceStep()).toBeLessThanOrEqual(10 * SECOND);
    await clock.pass(HOUR);
    expect(timekeeper.sinceStep()).toBeGreaterThanOrEqual(HOUR);
  });

  test('takes a clock that is slewed for one that runs', async () => {
    const { clock, passed, lines } = keep(cronRuns('* * * * *'));
    for (let seconds = 0; seconds < 600; seconds += 5) {
      await clock.pass(5 * SECOND);
      clock.set(2);
    }
    expect(passed).toHaveLength(10);
    expect(lines).toEqual([]);
  });
});

describe('work', () => {
  test('that is under way is not begun again, and the log says so', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { clock, passed, lines } = keep(every(MINUTE), () => promise);
    await clock.pass(3 * MINUTE);
    expect(passed).toHaveLength(1);
    expect(lines.map(({ msg }) => msg)).toContain('the last run is still under way; this one is left out');
    resolve();
    await clock.pass(MINUTE);
    expect(passed).toHaveLength(2);
  });

  test('that fails is logged, and runs again at its next moment', async () => {
    const { clock, passed, lines } = keep(every(MINUTE), async () => {
      throw new Error('the disk is full');
    });
    await clock.pass(2 * MINUTE);
    expect(passed).toHaveLength(2);
    expect(JSON.stringify(lines)).toContain('the disk is full');
  });

  test('that is taken off the schedule, or whose timekeeper stopped, does not run any more', async () => {
    const one = keep(every(MINUTE));
    one.stop();
    const other = keep(every(MINUTE));
    other.timekeeper.stop();
    await one.clock.pass(HOUR);
    await other.clock.pass(HOUR);
    expect([...one.passed, ...other.passed]).toEqual([]);
  });

  test('that is scheduled while another waits for longer runs when it is due', async () => {
    const { clock, timekeeper } = keep(every(HOUR));
    const ran: number[] = [];
    await clock.pass(2 * SECOND);
    timekeeper.schedule('soon', every(SECOND), () => ran.push(clock.monotonic()));
    await clock.pass(2 * SECOND);
    expect(ran).toEqual([3 * SECOND, 4 * SECOND]);
  });
});

test('in a zone that puts its clock forward and back no moment is left out, and none comes twice', () => {
  const zones = [
    'Europe/Berlin 2024-03-31T01:00:00Z 2024-10-27T01:00:00Z',
    'America/New_York 2024-03-10T07:00:00Z 2024-11-03T06:00:00Z',
    'Australia/Lord_Howe 2024-10-05T15:30:00Z 2024-04-06T15:00:00Z',
  ];
  const script = fileURLToPath(new URL('pulse-in-zones.ts', import.meta.url));
  const answer = execFileSync(process.execPath, [script, ...zones], { encoding: 'utf8' });
  const told = z.object({ zone: z.string(), runs: z.array(z.array(z.number())) });
  const said = answer
    .trim()
    .split('\n')
    .map((line) => told.parse(JSON.parse(line)));
  const wanted = zones.map((line) => {
    const [zone, ...changes] = line.split(' ');
    const runs = changes.map((change) =>
      Array.from({ length: 36 }, (_, run) => Date.parse(change) - 3 * HOUR + (run + 1) * 10 * MINUTE),
    );
    return { zone, runs };
  });
  expect(said).toEqual(wanted);
});
