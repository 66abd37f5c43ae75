import { describe, expect, test } from '@jest/globals';
import type { ChangeKind } from '../../../src/core/change/changes.ts';
import { earlierOf, type PastTrouble, remember } from '../../../src/core/change/past-troubles.ts';
import type { Task, TaskStatus } from '../../../src/core/task/task.ts';
import { NO_ALARMS } from '../../../src/core/task/watched-task.ts';
import { aTally, aTask, HOUR, NOON } from '../tasks.ts';
import { Watching } from '../watching.ts';

const stands = (fail: number, status: TaskStatus = 'running'): Task =>
  aTask({ status, tally: { waiting: 0, succeeded: 100 - fail, failed: fail } });
const first = (change: ChangeKind, fail = 0) => ({ change, at: NOON, tally: aTally({ failed: fail }) });
/** What a message has to say of the past of a task, in few words. */
const earlier = (bot: Watching, opening = first('created')) =>
  earlierOf(bot.watched, opening).map(({ kind, at, failed }) => `${kind} ${(at - NOON) / HOUR} ${failed}`);

describe('what a task was in trouble with', () => {
  test('is said once it is over, with how bad it was', () => {
    const bot = new Watching(aTask());
    bot.see(stands(8), HOUR);
    expect(earlier(bot)).toEqual([]);
    bot.see({ ...stands(12, 'failed'), stopTime: NOON + 2 * HOUR }, HOUR);
    expect(earlier(bot)).toEqual([]);
    bot.see(stands(1), HOUR);
    expect(earlier(bot)).toEqual(['failing 1 8', 'failed 2 12']);
    bot.see(stands(1, 'succeeded'), HOUR);
    expect(earlier(bot)).toEqual(['failing 1 8', 'failed 2 12']);
  });

  test('that comes again is said as it was the last time', () => {
    const bot = new Watching(aTask());
    for (const fail of [12, 30]) {
      bot.see({ ...stands(fail, 'failed'), stopTime: null }, HOUR);
      bot.see(stands(0), HOUR);
    }
    expect(earlier(bot)).toEqual(['failed 3 30']);
  });

  test('was there before anybody watched is known once it is over', () => {
    const bot = new Watching({ ...stands(12, 'failed'), stopTime: NOON - HOUR }, false);
    bot.see(stands(0), HOUR);
    expect(earlier(bot)).toEqual(['failed -1 12']);
  });

  test('a stall is said from its beginning, once a counter moves', () => {
    const bot = new Watching(aTask());
    bot.see(aTask(), 7 * HOUR);
    expect(earlier(bot)).toEqual([]);
    bot.see(aTask({ tally: { succeeded: 1 } }), HOUR);
    expect(earlier(bot)).toEqual(['stalled 0 0']);
  });

  test('is said of a task that vanished, whatever it was', () => {
    const bot = new Watching(stands(12, 'failed'));
    bot.see(stands(3), HOUR);
    bot.miss();
    expect(earlier(bot)).toContain('failed 0 12');
  });
});

describe('the change a message was made for', () => {
  const moved = (to: Task, past: readonly PastTrouble[] = []) => {
    const bot = new Watching(to, false);
    bot.watched = { ...bot.watched, alarms: { ...NO_ALARMS, past } };
    return bot;
  };

  test.each([
    ['failed', stands(0), 'failed 0 7'],
    ['failing', stands(0, 'succeeded'), 'failing 0 7'],
    ['stalled', aTask({ tally: { succeeded: 1 } }), 'stalled 0 null'],
    ['overdue', stands(0, 'stopped'), 'overdue 0 null'],
    ['succeeded', stands(0), 'succeeded 0 null'],
    ['stopped', stands(0), 'stopped 0 null'],
    ['vanished', stands(0), 'vanished 0 null'],
    ['recovered', stands(9, 'failed'), 'recovered 0 null'],
    ['stalled', stands(9, 'failed'), 'stalled 0 null'],
  ] as const)('is said where the task has moved on: %s', (change, task, said) => {
    expect(earlier(moved(task), first(change, 7))).toEqual([said]);
  });

  test.each([
    ['created', stands(0, 'succeeded')],
    ['started', stands(9, 'failed')],
    ['failed', stands(9, 'failed')],
    ['failing', stands(9, 'failed')],
    ['succeeded', stands(0, 'succeeded')],
    ['stopped', stands(0, 'stopped')],
    ['recovered', stands(0)],
    ['recovered', stands(0, 'succeeded')],
  ] as const)('is not said where its state shows it: %s', (change, task) => {
    expect(earlier(moved(task), first(change, 7))).toEqual([]);
  });

  test('is said once where it is a trouble that is remembered', () => {
    const past = [{ kind: 'failed' as const, at: NOON - HOUR, failed: 12 }];
    expect(earlier(moved(stands(0), past), first('failed', 7))).toEqual(['failed -1 12']);
  });
});

test('troubles are remembered once for each kind and rule', () => {
  const trouble = (kind: PastTrouble['kind'], at: number, rule?: string): PastTrouble => ({
    ...{ kind, at, failed: null },
    ...(rule !== undefined && { rule }),
  });
  const past = remember([], [trouble('failing', 1), trouble('failing', 2, 'failing:20/')]);
  expect(remember(past, [])).toBe(past);
  expect(remember(past, [trouble('failing', 3)])).toEqual([
    trouble('failing', 2, 'failing:20/'),
    trouble('failing', 3),
  ]);
});
