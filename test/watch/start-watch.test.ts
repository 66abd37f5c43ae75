import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import type { QueuedFault } from '../../sandbox/platform/index.ts';
import { machineClock } from '../../src/lib/machine-clock.ts';
import { createTimekeeper, type Timekeeper } from '../../src/lib/timekeeper.ts';
import { createSoleLeases } from '../../src/store/engine/lease-keeper.ts';
import { startWatch, type Watch } from '../../src/watch/start-watch.ts';
import type { CycleOutcome, WatchParts } from '../../src/watch/watch-parts.ts';
import { type Bench, HOUR, MINUTE, setUp } from './bench.ts';

let watch: Watch | undefined;
let timekeeper: Timekeeper | undefined;
afterEach(async () => {
  timekeeper?.stop();
  await watch?.stop();
  watch = undefined;
});

interface Running {
  readonly outcomes: readonly CycleOutcome[];
  readonly lines: Record<string, unknown>[];
  /** Resolves with the first cycle of which this holds. */
  cycle(holds: (outcome: CycleOutcome) => boolean): Promise<CycleOutcome>;
  /** Resolves when the log has a line with this message. */
  logged(message: string): Promise<void>;
}

/** The watch as the program starts it. By default nothing but its start and `pollNow` makes it look. */
function start(
  bench: Bench,
  changes: Partial<Pick<WatchParts, 'pollSchedule' | 'sweepSchedule' | 'delay'>> = {},
): Running {
  const outcomes: CycleOutcome[] = [];
  const lines: Record<string, unknown>[] = [];
  const waiting = new Map<string, () => void>();
  const looking = new Set<(outcome: CycleOutcome) => void>();
  const log = pino(
    { base: null, level: 'debug' },
    {
      write(line: string) {
        const entry: Record<string, unknown> = JSON.parse(line);
        lines.push(entry);
        waiting.get(String(entry.msg))?.();
      },
    },
  );
  timekeeper = createTimekeeper(machineClock({ keepsAlive: false }), log);
  watch = startWatch({
    ...bench.parts,
    schedule: timekeeper.schedule,
    ...bench.budget,
    leases: createSoleLeases(),
    delay: (milliseconds, signal) => {
      bench.clock.advance(milliseconds);
      return pause(1, undefined, { signal });
    },
    log,
    pollSchedule: '0 0 1 1 *',
    sweepSchedule: '0 0 1 1 *',
    ...changes,
    onCycle(outcome) {
      outcomes.push(outcome);
      for (const look of looking) look(outcome);
    },
  });
  return {
    outcomes,
    lines,
    cycle: (holds) => new Promise((resolve) => looking.add((outcome) => holds(outcome) && resolve(outcome))),
    logged: (message) =>
      new Promise((resolve) => {
        if (lines.some(({ msg }) => msg === message)) resolve();
        else waiting.set(message, resolve);
      }),
  };
}

async function hangs(fault: QueuedFault): Promise<void> {
  const limit = Date.now() + 5_000;
  while (fault.hits === 0) {
    if (Date.now() > limit) throw new Error('no call hangs');
    await pause(1);
  }
}

describe('a watch that is started', () => {
  test('looks at once, then sweeps, without waiting for its schedules', async () => {
    await using bench = await setUp();
    bench.addMany(250, { status: 'success' });
    const running = start(bench);
    await running.logged('sweep ended');
    expect(running.outcomes.map(({ outcome }) => outcome)).toEqual(['good']);
    const rows = await bench.store.db.selectFrom('task').select('operation_id').execute();
    expect(rows).toHaveLength(250);
    expect((await bench.state()).baselineAt).not.toBeNull();
  });

  test('looks again at each tick of its schedule', async () => {
    await using bench = await setUp();
    const running = start(bench, { pollSchedule: '* * * * * *' });
    await running.logged('cycle');
    bench.platform.fleet.addTask({ operationId: 'op-1', status: 'processing' });
    await running.cycle((outcome) => outcome.outcome === 'good' && outcome.report.active === 1);
    expect(await bench.told()).toEqual(['created op-1', 'started op-1']);
  });

  test('says in its own log that a tick was passed over while a cycle hangs', async () => {
    await using bench = await setUp();
    bench.platform.faults.add({ kind: 'hang' }, { call: 'listTasks', times: 'until-cleared' });
    const running = start(bench, { pollSchedule: '* * * * * *' });
    await running.logged('the last run is still under way; this one is left out');
  });

  test('says what a cycle cost and found', async () => {
    await using bench = await setUp();
    const running = start(bench);
    await running.logged('sweep ended');
    bench.platform.fleet.addTask({ status: 'processing' });
    await watch?.pollNow();
    expect(running.lines.filter(({ msg }) => msg === 'cycle').at(-1)).toMatchObject({
      ...{ outcome: 'good', calls: 5, active: 1, changed: 1, notifications: 1 },
    });
  });

  test('goes on after a failed cycle and names the error with its code', async () => {
    await using bench = await setUp();
    const running = start(bench);
    await running.logged('sweep ended');
    bench.platform.faults.add({ kind: 'html' }, { call: 'listTasks' });
    expect(await watch?.pollNow()).toMatchObject({ outcome: 'failed', error: { code: 'unreadable-answer' } });
    expect(await watch?.pollNow()).toMatchObject({ outcome: 'good' });
    expect(JSON.stringify(running.lines)).toContain('unreadable-answer');
  });

  test('never reads twice at the same time', async () => {
    await using bench = await setUp();
    bench.addMany(150, { status: 'processing' });
    const running = start(bench);
    await running.logged('sweep ended');
    bench.platform.clearCalls();
    await Promise.all([watch?.pollNow(), watch?.pollNow()]);
    const asked = bench.platform.callsOf('listTasks').map(({ query }) => query.operationStatus);
    const one = ['processing', 'processing', 'wait', 'failed', 'success', 'stop'];
    expect(asked).toEqual([...one, ...one]);
  });

  test('takes a gap of less than five of its own cycles for no absence', async () => {
    await using bench = await setUp();
    bench.addMany(2, { status: 'processing', operationId: 'op' });
    const running = start(bench, { pollSchedule: '0 * * * *' });
    await running.logged('sweep ended');
    bench.platform.fleet.setStatus('op-0', 'failed');
    bench.clock.advance(5 * HOUR);
    await watch?.pollNow();
    bench.platform.fleet.setStatus('op-1', 'failed');
    bench.clock.advance(5 * HOUR + MINUTE);
    await watch?.pollNow();
    const kinds = await bench.store.db
      .selectFrom('notification')
      .select('kind')
      .where('place', '=', 'root')
      .orderBy('seq')
      .execute();
    expect(kinds.map(({ kind }) => kind)).toEqual(['failed', 'summary']);
  });
});

describe('a watch and the budget', () => {
  test('keeps from others what its cycles need, as soon as it looks and again when that changes', async () => {
    await using bench = await setUp({ callsPerMinute: 100 });
    bench.addMany(250, { status: 'processing' });
    const running = start(bench, { pollSchedule: '*/10 * * 1 1 *' });
    await running.logged('cycle');
    await watch?.pollNow();
    const kept = async () => (await bench.budget.ledger.usage()).polling;
    expect(await kept()).toEqual({ active: 250, cycleCalls: 7, cyclesPerMinute: 6, calls: 49 });
    bench.addMany(100, { status: 'wait' });
    bench.clock.advance(MINUTE);
    await watch?.pollNow();
    expect(await kept()).toMatchObject({ active: 350, calls: 56 });
    expect(running.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  test('keeps from the start what the tasks it remembers need', async () => {
    await using bench = await setUp({ callsPerMinute: 100 });
    bench.addMany(250, { status: 'processing' });
    await bench.cycle();
    bench.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    const running = start(bench);
    await running.logged('cycle failed; the next one reads afresh');
    expect((await bench.budget.ledger.usage()).polling).toMatchObject({ active: 250, cycleCalls: 7 });
  });

  test('says once what its settings do not allow, and that they do again', async () => {
    await using bench = await setUp({ callsPerMinute: 60 });
    bench.addMany(350, { status: 'processing', operationId: 'op' });
    const running = start(bench, { pollSchedule: '*/10 * * 1 1 *' });
    await running.logged('cycle');
    bench.clock.advance(MINUTE);
    await watch?.pollNow();
    const codes = () => running.lines.flatMap(({ code, level }) => (level === 40 ? [code] : []));
    expect(codes()).toEqual(['sweeps-never']);
    bench.addMany(100, { status: 'processing' });
    bench.clock.advance(MINUTE);
    await watch?.pollNow();
    expect(codes()).toEqual(['sweeps-never', 'schedule-too-dense', 'sweeps-never']);
    for (const { operationId } of [...bench.platform.fleet.tasks('processing')].slice(0, 250))
      bench.platform.fleet.removeTask(operationId);
    bench.clock.advance(MINUTE);
    await watch?.pollNow();
    await running.logged('the budget of platform calls has room for everything again');
  });

  test('spreads its looks where the schedule asks for more than there are calls', async () => {
    await using bench = await setUp({ callsPerMinute: 8 });
    // The clock stands still but for what this test moves it: the sweep waits for ever.
    const delay = (_milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const running = start(bench, { pollSchedule: '* * * * * *', delay });
    const next = () => running.cycle(() => true);
    await next();
    await running.logged('look left out');
    bench.clock.advance(50_000);
    running.lines.splice(0);
    await running.logged('look left out');
    expect(running.outcomes).toHaveLength(1);
    const second = next();
    bench.clock.advance(1_000);
    await second;
  });
});

describe('a watch that is stopped', () => {
  test('in the middle of a call ends at once and records nothing', async () => {
    await using bench = await setUp({ timeoutMs: 60_000 });
    bench.addMany(5, { status: 'processing' });
    const hang = bench.platform.faults.add({ kind: 'hang' }, { call: 'listTasks', after: 1 });
    const running = start(bench);
    await hangs(hang);
    // The call itself would wait a minute, which is beyond the limit of a test.
    await watch?.stop();
    expect((await bench.state()).lastGoodCycleAt).toBeNull();
    expect(running.outcomes).toMatchObject([{ outcome: 'failed' }]);
    expect(running.lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  test('during its first look begins no sweep afterwards', async () => {
    await using bench = await setUp();
    start(bench);
    await watch?.stop();
    await pause(0);
    expect((await bench.state()).sweep).toBeNull();
    expect(bench.platform.callsOf('listTasks').every(({ query }) => 'operationStatus' in query)).toBe(true);
  });

  test('in the middle of a sweep leaves it where it is, for the next start', async () => {
    await using bench = await setUp({ timeoutMs: 60_000 });
    bench.addMany(350, { status: 'success' });
    // One page for each list of the cycle, then two of the sweep.
    const hang = bench.platform.faults.add({ kind: 'hang' }, { call: 'listTasks', after: 7 });
    start(bench);
    await hangs(hang);
    await watch?.stop();
    expect((await bench.state()).sweep).toMatchObject({ nextPage: 2 });
    hang.clear();
    const again = start(bench);
    await again.logged('sweep ended');
    const swept = bench.platform.callsOf('listTasks').filter(({ query }) => !('operationStatus' in query));
    expect(swept.map(({ query }) => query.pageNo)).toEqual(['0', '1', '2', '2', '3']);
  });
});
