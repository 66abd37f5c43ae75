import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createTimekeeper, type Timekeeper } from '../../src/lib/timekeeper.ts';
import { createSoleLeases } from '../../src/store/engine/lease-keeper.ts';
import { readWatchedTasks } from '../../src/store/task/tasks.ts';
import { startWatch, type Watch } from '../../src/watch/start-watch.ts';
import { createDrivenClock, type DrivenClock } from '../lib/driven-clock.ts';
import { type Bench, HOUR, MINUTE, notificationsOf, START, setUp } from './bench.ts';

const DAY = 24 * HOUR;
const STEPS = [
  ['back by a day', -DAY],
  ['back by an hour', -HOUR],
  ['forward by two minutes', 2 * MINUTE],
  ['forward by eight hours', 8 * HOUR],
  ['forward by thirty days', 30 * DAY],
] as const;

const running: { watch: Watch; timekeeper: Timekeeper }[] = [];
afterEach(stop);

async function stop(): Promise<void> {
  for (const { watch, timekeeper } of running.splice(0)) {
    timekeeper.stop();
    await watch.stop();
  }
}

/** The watch as the program starts it, looking every hour by a clock that the test drives. */
function start(bench: Bench, clock: DrivenClock) {
  const lines: Record<string, unknown>[] = [];
  let good = 0;
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const timekeeper = createTimekeeper(clock, log);
  const watch = startWatch({
    ...bench.parts,
    ...bench.budget,
    ...{ now: clock.now, monotonic: clock.monotonic, schedule: timekeeper.schedule, log },
    // Only sweeps wait; how long they do is no matter here.
    delay: (_milliseconds, signal) => pause(1, undefined, { signal }),
    leases: createSoleLeases(),
    ...{ pollSchedule: '0 * * * *', sweepSchedule: '0 0 1 1 *' },
    onCycle(outcome) {
      good += outcome.outcome === 'good' ? 1 : 0;
    },
  });
  running.push({ watch, timekeeper });
  const until = async (holds: () => boolean) => {
    while (!holds()) await pause(1);
  };
  const swept = () => lines.filter(({ msg }) => msg === 'sweep ended').length;
  return {
    lines,
    ready: () => until(() => good > 0 && swept() > 0),
    /** Lets time pass, in which so many looks come by themselves. */
    async pass(milliseconds: number, looks: number) {
      const before = good;
      await clock.pass(milliseconds);
      await until(() => good >= before + looks);
      expect(good).toBe(before + looks);
    },
  };
}

const movedAt = async ({ store }: Bench) => (await readWatchedTasks(store.db, ['op-0'])).get('op-0')?.movedAt;

describe.each(STEPS)('a clock that is set %s', (_name, step) => {
  test('has the watch look at once, raises no stall, and is no absence', async () => {
    await using bench = await setUp();
    bench.addMany(4, { status: 'processing', operationId: 'op' });
    const clock = createDrivenClock(START);
    const { ready, pass, lines } = start(bench, clock);
    await ready();
    await pass(HOUR, 1);
    await bench.told();

    clock.set(step);
    for (const id of ['op-1', 'op-2']) bench.platform.fleet.setStatus(id, 'failed');
    await pass(5_000, 1);
    expect(await bench.told()).toEqual(['failed op-1', 'failed op-2']);
    // One message each: after an absence it would be one for both.
    const roots = (await notificationsOf(bench)).filter(({ place }) => place === 'root');
    expect(roots.map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect((await bench.state()).lastGoodCycleAt).toBe(clock.now());
    expect(lines.filter(({ level }) => Number(level) >= 40)).toMatchObject([
      { milliseconds: step, msg: expect.stringMatching(/^the clock of this machine was set/) },
      { milliseconds: step, msg: expect.stringMatching(/^the clock was set; ages/) },
    ]);
  });

  test('leaves a stall where it was: six hours after the task last moved', async () => {
    await using bench = await setUp();
    bench.addMany(1, { status: 'processing', operationId: 'op' });
    const clock = createDrivenClock(START);
    const { ready, pass } = start(bench, clock);
    await ready();
    // Looks come at whole hours, the first after 55 minutes.
    await pass(55 * MINUTE, 1);
    for (let hours = 1; hours < 3; hours += 1) await pass(HOUR, 1);
    clock.set(step);
    await pass(5_000, 1);
    expect(clock.now() - ((await movedAt(bench)) ?? 0)).toBeCloseTo(clock.monotonic(), -4);
    while (clock.monotonic() < 5.5 * HOUR) await pass(HOUR, 1);
    expect(await bench.told()).toEqual([]);
    await pass(HOUR, 1);
    expect(await bench.told()).toEqual(['stalled op-0']);
  });
});

describe('a clock that was set while nobody watched', () => {
  test('back: no time has passed, and the watch goes on from what it shows', async () => {
    await using bench = await setUp();
    bench.addMany(1, { status: 'processing', operationId: 'op' });
    const clock = createDrivenClock(START);
    await start(bench, clock).ready();
    await stop();
    clock.set(-DAY);
    const { pass } = start(bench, clock);
    await pass(0, 1);
    expect(await movedAt(bench)).toBe(START - DAY);
    // Looks come at whole hours, the first after 55 minutes: the sixth finds it 5 h 55 min old.
    await pass(56 * MINUTE, 1);
    for (let hours = 1; hours < 6; hours += 1) await pass(HOUR, 1);
    expect(await bench.told()).toEqual([]);
    await pass(HOUR, 1);
    expect(await bench.told()).toEqual(['stalled op-0']);
  });

  test('forward: that cannot be told from time that passed', async () => {
    await using bench = await setUp();
    bench.addMany(1, { status: 'processing', operationId: 'op' });
    const clock = createDrivenClock(START);
    await start(bench, clock).ready();
    await stop();
    clock.set(8 * HOUR);
    await start(bench, clock).pass(0, 1);
    expect(await bench.told()).toEqual(['stalled op-0']);
  });
});
