import { describe, expect, test } from '@jest/globals';
import { raiseAlarms } from '../../../../src/core/change/alarms/raise-alarms.ts';
import { compareSnapshots, firstSnapshot } from '../../../../src/core/change/changes.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { aTask, BARE_TASK, called, HOUR, NOON } from '../../tasks.ts';
import { kinds, THRESHOLDS, Watching } from '../../watching.ts';

const withFailures = (fail: number, success: number, more = {}) =>
  aTask({ tally: { failed: fail, succeeded: success, ...more } });

describe('failing', () => {
  test.each([
    ['nine finished, all failed: too few to say', { failed: 9, succeeded: 0 }, false],
    ['ten finished, none failed', { failed: 0, succeeded: 10 }, false],
    ['ten finished, one failed', { failed: 1, succeeded: 9 }, true],
    ['twenty finished, one failed: exactly 5 %', { failed: 1, succeeded: 19 }, false],
    ['nineteen finished, one failed', { failed: 1, succeeded: 18 }, true],
    ['time-outs are failures', { timedOut: 1, succeeded: 9 }, true],
    ['stopped devices have finished', { failed: 1, stopped: 19 }, false],
    ['all failed', { failed: 100 }, true],
    ['counters unknown', { failed: null, succeeded: null, timedOut: null, stopped: null }, false],
    ['only the failures known', { failed: 10, succeeded: null, timedOut: null, stopped: null }, true],
    ['total unknown', { total: null, failed: 1, succeeded: 9 }, true],
    ['no devices at all', { total: 0, failed: 10 }, false],
  ])('%s', (_, tally, expected) => {
    expect(kinds(new Watching(aTask()).see(aTask({ tally }))).includes('failing')).toBe(expected);
  });

  test('is told once in a run, even when the share falls and rises again', () => {
    const bot = new Watching(aTask());
    expect(kinds(bot.see(withFailures(2, 8)))).toEqual(['progress', 'failing']);
    expect(kinds(bot.see(withFailures(2, 90)))).toEqual(['progress']);
    expect(kinds(bot.see(withFailures(8, 92)))).toEqual(['progress']);
  });

  test('is told again in the run after a retry', () => {
    const bot = new Watching(withFailures(2, 8));
    expect(kinds(bot.first)).toEqual(['created', 'started', 'failing']);
    bot.see(aTask({ status: 'failed' }));
    expect(kinds(bot.see(aTask()))).toEqual(['recovered']);
    expect(kinds(bot.see(withFailures(2, 8)))).toEqual(['progress', 'failing']);
  });

  test('a task already failing when first seen is nobody’s news', () => {
    const bot = new Watching(withFailures(2, 8), false);
    expect(bot.first).toEqual([]);
    expect(kinds(bot.see(withFailures(9, 8)))).toEqual(['progress']);
  });

  test.each(['waiting', 'failed', 'succeeded', 'stopped', 'paused'])(
    'only a running task fails: %s',
    (status) => {
      expect(kinds(new Watching(aTask()).see({ ...withFailures(50, 0), ...called(status) }))).not.toContain(
        'failing',
      );
    },
  );
});

describe('stalled', () => {
  test('is told once the counters have stood still for the whole time, and once only', () => {
    const bot = new Watching(aTask());
    expect(bot.see(aTask(), 6 * HOUR - 1)).toEqual([]);
    expect(bot.see(aTask(), 1)).toEqual([{ kind: 'stalled', at: NOON + 6 * HOUR }]);
    expect(bot.see(aTask(), 6 * HOUR)).toEqual([]);
  });

  test('a stall that ends and comes again is told twice', () => {
    const bot = new Watching(aTask());
    bot.see(aTask(), 6 * HOUR);
    const moved = aTask({ tally: { succeeded: 1 } });
    expect(kinds(bot.see(moved))).toEqual(['progress', 'resumed']);
    expect(bot.see(moved, 6 * HOUR - 1)).toEqual([]);
    expect(kinds(bot.see(moved, 1))).toEqual(['stalled']);
  });

  test('that ends is told with the time the task stood still, once', () => {
    const bot = new Watching(aTask());
    bot.see(aTask(), 6 * HOUR);
    const moved = aTask({ tally: { succeeded: 1 } });
    const [, resumed] = bot.see(moved, 2 * HOUR);
    expect(resumed).toEqual({ kind: 'resumed', at: NOON + 8 * HOUR, since: NOON });
    expect(kinds(bot.see(aTask({ tally: { succeeded: 2 } })))).toEqual(['progress']);
  });

  test('that ends with another status is told by that alone', () => {
    for (const [status, kind] of [
      ['failed', 'failed'],
      ['succeeded', 'succeeded'],
      ['stopped', 'stopped'],
      ['waiting', 'progress'],
    ] as const) {
      const bot = new Watching(aTask());
      bot.see(aTask(), 6 * HOUR);
      expect(kinds(bot.see(aTask({ status, tally: { succeeded: 100 } })))).toEqual([kind]);
    }
  });

  test('by thresholds of subscriptions ends for each of them', () => {
    const ownRules = [1, 2, 9].map((hours) => ({
      ...({ kind: 'stalled', key: `stalled:${hours * HOUR}` } as const),
      thresholds: { ...THRESHOLDS, stalledAfter: hours * HOUR },
    }));
    const first = firstSnapshot(aTask(), true, { now: NOON, thresholds: THRESHOLDS, ownRules }).watched;
    const look = (task: Task, now: number, before = first) =>
      compareSnapshots(before, task, { now, thresholds: THRESHOLDS, ownRules });
    const { watched } = look(aTask(), NOON + 3 * HOUR);
    const { changes } = look(aTask({ tally: { succeeded: 1 } }), NOON + 4 * HOUR, watched);
    expect(changes.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['progress', undefined],
      ['resumed', `stalled:${HOUR}`],
      ['resumed', `stalled:${2 * HOUR}`],
    ]);
  });

  test('is measured from when the bot first saw a task that was there before', () => {
    const task = aTask({ startTime: NOON - 24 * HOUR });
    const bot = new Watching(task, false);
    expect(bot.see(task, 5 * HOUR)).toEqual([]);
    expect(kinds(bot.see(task, HOUR))).toEqual(['stalled']);
  });

  test('a task whose counters are all unknown stalls as well', () => {
    expect(kinds(new Watching(BARE_TASK).see(BARE_TASK, 6 * HOUR))).toEqual(['stalled']);
  });

  test('waiting is no stall, and the time counts from the start', () => {
    const waiting = aTask({ status: 'waiting' });
    const bot = new Watching(waiting);
    expect(bot.see(waiting, 7 * HOUR)).toEqual([]);
    expect(kinds(bot.see(aTask(), HOUR))).toEqual(['started']);
    expect(bot.see(aTask(), 5 * HOUR)).toEqual([]);
    expect(kinds(bot.see(aTask(), HOUR))).toEqual(['stalled']);
  });
});

describe('overdue', () => {
  const policy = { executeType: 'custom', startTime: NOON + HOUR, endTime: NOON + 3 * HOUR };
  const waiting = aTask({ status: 'waiting', policy });
  const running = aTask({ policy });

  test('is told once when the start passes and once when the window closes', () => {
    const bot = new Watching(waiting);
    expect(bot.see(waiting, HOUR)).toEqual([]);
    expect(bot.see(waiting, 1)).toEqual([{ kind: 'overdue', at: NOON + HOUR }]);
    expect(bot.see(waiting)).toEqual([]);
    expect(bot.see(waiting, 2 * HOUR)).toEqual([{ kind: 'overdue', at: NOON + 3 * HOUR }]);
    expect(bot.see(waiting)).toEqual([]);
  });

  test('a late start does not close the window a second time', () => {
    const bot = new Watching(waiting);
    expect(kinds(bot.see(waiting, 4 * HOUR))).toEqual(['overdue']);
    expect(kinds(bot.see(running))).toEqual(['started']);
    expect(bot.see(running)).toEqual([]);
  });

  test('a task that starts late is told when its window closes', () => {
    const bot = new Watching(waiting);
    expect(kinds(bot.see(waiting, 2 * HOUR))).toEqual(['overdue']);
    expect(kinds(bot.see(running))).toEqual(['started']);
    expect(kinds(bot.see(running, 2 * HOUR))).toEqual(['overdue']);
  });

  test('an end that cannot be read for a while raises nothing twice', () => {
    const bot = new Watching(waiting);
    const unreadable = aTask({ status: 'waiting', policy: { ...policy, endTime: null } });
    expect(kinds(bot.see(waiting, 4 * HOUR))).toEqual(['overdue']);
    expect(bot.see(unreadable)).toEqual([]);
    expect(bot.see(waiting)).toEqual([]);
  });

  test.each(['now', 'device_online', null])('only a start of its own choice can pass: %s', (executeType) => {
    const task = aTask({ status: 'waiting', policy: { executeType, startTime: NOON - HOUR } });
    expect(kinds(new Watching(task).first)).toEqual(['created']);
  });

  test('a task with an unknown status can outlast its window as long as the platform lists it as active', () => {
    const task = aTask({
      status: 'unknown',
      statusWord: 'paused',
      policy: { executeType: 'now', endTime: NOON + 1 },
    });
    const bot = new Watching(task);
    expect(kinds(bot.see(task))).toEqual([]);
    bot.listed = new Set([task.operationId]);
    expect(kinds(bot.see(task))).toEqual(['overdue']);
  });

  test.each(['failed', 'succeeded', 'stopped'] as const)('what has ended is not overdue: %s', (status) => {
    const bot = new Watching(running);
    expect(kinds(bot.see(aTask({ status, policy }), 4 * HOUR))).not.toContain('overdue');
  });

  test('a task overdue when first seen is nobody’s news', () => {
    const late = aTask({ policy: { endTime: NOON - HOUR } });
    expect(new Watching(late, false).see(late)).toEqual([]);
  });
});

test('several alarms at once are all told', () => {
  const bot = new Watching(aTask());
  const { changes } = raiseAlarms(
    { ...bot.watched, task: aTask({ tally: { failed: 50 }, policy: { endTime: NOON } }) },
    { now: NOON + 7 * HOUR, thresholds: THRESHOLDS },
  );
  expect(kinds(changes)).toEqual(['failing', 'stalled', 'overdue']);
  expect(changes.map(({ at }) => at)).toEqual([NOON + 7 * HOUR, NOON + 7 * HOUR, NOON]);
});
